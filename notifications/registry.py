"""Kinds of notice and handlers of incoming mail, told by the floors above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notifications.models.preference import Channel


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of notice reads, in settings and in mail.

    `mail_template` names a pair `<template>.txt` and `<template>.html`; both get the notice and nothing else.
    `delay` is how many seconds a mail waits, so that what is read meanwhile on the site is not mailed.
    """

    name: str
    label: str
    default: Channel = Channel.MAIL
    mail_template: str = "notifications/email/notice"
    delay: int = 0
    must_send: bool = False


Handler = Callable[[Any, dict[str, Any], Any], str]
"""`(member or None, data of the address, email.message.EmailMessage) -> outcome in words`."""

_kinds: dict[str, Kind] = {}
_handlers: dict[str, Handler] = {}


def register_kind(kind: Kind) -> None:
    """Called by an app's `ready()`."""
    _kinds[kind.name] = kind


def register_mail_handler(name: str, handler: Handler) -> None:
    """Called by an app's `ready()`: what takes mail to addresses of this name."""
    _handlers[name] = handler


def kind(name: str) -> Kind:
    """The kind; an unregistered one is a programming error."""
    return _kinds[name]


def kinds() -> list[Kind]:
    """All of them, by label."""
    return sorted(_kinds.values(), key=lambda each: each.label)


def mail_handler(name: str) -> Handler | None:
    """Who takes mail to such an address."""
    return _handlers.get(name)
