"""A pair of templates becomes a mail."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist

from notifications.text.lines import one_line

SUBJECT_LIMIT = 250


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is kept of it: nothing is rendered again when the mail is sent."""

    subject: str
    text: str
    html: str


def render(template: str, context: dict[str, Any]) -> Rendered:
    """Render `<template>.txt` (first line: the subject; not escaped) and `<template>.html` (styles moved inline).

    Both also get `base_url` and `site_name`. A template without `.html` makes a mail of text alone.
    """
    engine = Engine.get_default()
    facts = {"base_url": settings.BASE_URL, "site_name": settings.WAGTAIL_SITE_NAME} | context
    plain = engine.get_template(f"{template}.txt").render(Context(facts, autoescape=False))
    subject, _, text = plain.strip().partition("\n")
    subject = one_line(subject, SUBJECT_LIMIT)
    try:
        page = engine.get_template(f"{template}.html")
    except TemplateDoesNotExist:
        return Rendered(subject, text.strip() + "\n", "")
    return Rendered(subject, text.strip() + "\n", _inliner().inline(page.render(Context({"subject": subject} | facts))))


@cache
def _inliner() -> CSSInliner:
    """Rules for dark mode stay in the head: they cannot stand on an element."""
    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
