"""The one outbox: mail to anyone is a row first."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import validate_email
from django.urls import reverse

from notifications import registry
from notifications.models import OutgoingMail
from notifications.text.lines import one_line
from notifications.text.mail import render
from notifications.tokens import Unsubscription, unsubscribe_token

HEADER_LIMIT = 900


def post(
    *,
    to: str,
    kind: str,
    template: str,
    context: dict[str, Any],
    at: datetime,
    member_id: int | None = None,
    scope: str = "",
    headers: dict[str, str] | None = None,
    attachments: list[dict[str, str]] | None = None,
    dedupe: str | None = None,
) -> None:
    """Render `<template>.txt` and `.html` (the first line of the text is the subject) into a waiting row.

    Both templates also get `base_url`, `site_name` and, for a kind a member may switch off, `unsubscribe_url`.
    `attachments` are `{name, type, text}`. The same `dedupe` twice leaves one row. Raises `ValidationError` when `to`
    is not an address.
    """
    row = letter(
        to=to,
        kind=kind,
        template=template,
        context=context,
        at=at,
        member_id=member_id,
        scope=scope,
        headers=headers,
        attachments=attachments,
        dedupe=dedupe,
    )
    keep([row])


def letter(
    *,
    to: str,
    kind: str,
    template: str,
    context: dict[str, Any],
    at: datetime,
    member_id: int | None = None,
    scope: str = "",
    headers: dict[str, str] | None = None,
    attachments: list[dict[str, str]] | None = None,
    dedupe: str | None = None,
) -> OutgoingMail:
    """The row `post` would keep, not yet kept: for those who write many at once."""
    validate_email(to)
    link = unsubscribe_link(member_id, kind, scope)
    mail = render(template, {"unsubscribe_url": link} | context)
    return OutgoingMail(
        member_id=member_id,
        to=to,
        kind=kind,
        scope=scope,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=_headers(link, scope, headers or {}),
        attachments=attachments or [],
        message_id=f"<{uuid4().hex}@{settings.MAIL_DOMAIN}>",
        dedupe_key=dedupe,
        due_at=at,
    )


def keep(letters: list[OutgoingMail]) -> None:
    """Write the rows; one whose dedupe key is already there is left out."""
    OutgoingMail.objects.bulk_create(letters, ignore_conflicts=True)


def unsubscribe_link(member_id: int | None, kind: str, scope: str) -> str:
    """The address that ends this kind of mail, or "" for mail that must be sent (a sign-in code, a decision)."""
    if member_id is None or not registry.may_be_ended(kind):
        return ""
    token = unsubscribe_token(Unsubscription(member_id, kind, scope))
    return settings.BASE_URL + reverse("notifications:unsubscribe", args=[token])


def _headers(link: str, scope: str, given: dict[str, str]) -> dict[str, str]:
    """One line each, so that no name or title can add a header of its own."""
    headers = {"Auto-Submitted": "auto-generated"}
    if scope:
        headers["List-Id"] = f"<{scope.replace(':', '-')}.{settings.MAIL_DOMAIN}>"
    if link:
        headers["List-Unsubscribe"] = f"<{link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers | {one_line(name, 60): one_line(value, HEADER_LIMIT) for name, value in given.items()}
