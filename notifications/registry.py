"""Kinds of notice, scopes, due work and handlers of incoming mail, told by the floors above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.models.preference import Channel


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of notice reads, in settings and in mail.

    `mail_template` names a pair `<template>.txt` and `<template>.html`; both get `notice` (the newest), `notices` (all
    that were told about the same thing, oldest first) and `more` (how many besides the newest).
    `delay` is how many seconds a mail waits, so that what is read meanwhile on the site is not mailed.
    """

    name: str
    label: str
    default: Channel = Channel.MAIL
    mail_template: str = "notifications/email/notice"
    delay: int = 0
    must_send: bool = False


class Refused(Exception):  # noqa: N818  (it says the outcome)
    """A handler does not take a mail; the reason is for its sender, who gets it back with what they wrote."""

    def __init__(self, reason: str) -> None:
        """Keep it for people."""
        super().__init__(reason)
        self.reason = reason


Handler = Callable[..., str]
"""`handler(member, data, message, at) -> outcome in words`, by keyword: the member the address was made for (or None),
what was kept with it, an `email.message.EmailMessage`, the moment. Runs in a transaction; may raise `Refused`."""

Namer = Callable[[Iterable[int]], dict[int, str]]
"""`(numbers) -> name by number`: how scopes such as "group:7" are called by people; one query."""

Places = Callable[[Any], list[tuple[str, str]]]
"""`(member) -> [(scope, name), …]`: where a member may want to hear more or less; one query."""

Unreachable = Callable[[Iterable[int], datetime], set[int]]
"""`(member ids, at) -> those who get no mail now` (suspended from the site), except what must be sent."""

Job = Callable[[datetime], int]
"""`(at) -> how many things it did`; safe to run twice at once, and again at once while it answers more than 0."""

_kinds: dict[str, Kind] = {}
_handlers: dict[str, Handler] = {}
_scopes: dict[str, tuple[Namer, Places]] = {}
_unreachable: list[Unreachable] = []
_due: dict[str, Job] = {}


def register_kind(kind: Kind) -> None:
    """Called by an app's `ready()`."""
    _kinds[kind.name] = kind


def register_mail_handler(name: str, handler: Handler) -> None:
    """Called by an app's `ready()`: what takes mail to addresses of this name."""
    _handlers[name] = handler


def kind(name: str) -> Kind:
    """The kind; an unregistered one is a programming error."""
    return _kinds[name]


def kind_of_row(name: str) -> Kind:
    """The kind of a stored row, also when the floor that knew it is gone."""
    return _kinds.get(name) or Kind(name=name, label=name)


def may_be_ended(name: str) -> bool:
    """Whether members choose for themselves; mail of no registered kind (a sign-in code) is always sent."""
    return name in _kinds and not _kinds[name].must_send


def kinds() -> list[Kind]:
    """All of them, by label."""
    return sorted(_kinds.values(), key=lambda each: each.label)


def mail_handler(name: str) -> Handler | None:
    """Who takes mail to such an address."""
    return _handlers.get(name)


def register_scopes(prefix: str, *, names: Namer, places: Places) -> None:
    """Called by an app's `ready()`: what scopes `<prefix>:<number>` are."""
    _scopes[prefix] = (names, places)


def scope_names(scopes: Iterable[str]) -> dict[str, str]:
    """How people call these scopes; one query a prefix. A scope nobody knows is left out."""
    wanted: dict[str, list[int]] = {}
    for scope in scopes:
        prefix, _, number = scope.partition(":")
        if prefix in _scopes and number.isdecimal():
            wanted.setdefault(prefix, []).append(int(number))
    return {
        f"{prefix}:{number}": name
        for prefix, numbers in wanted.items()
        for number, name in _scopes[prefix][0](numbers).items()
    }


def places_of(member: Any) -> list[tuple[str, str]]:
    """Every scope a member belongs to, with its name."""
    return [place for _, places in _scopes.values() for place in places(member)]


def register_unreachable(unreachable: Unreachable) -> None:
    """Called by an app's `ready()`: who gets no mail for now."""
    _unreachable.append(unreachable)


def unreachable(member_ids: Iterable[int], at: datetime) -> set[int]:
    """Those of them who get no mail at `at`."""
    ids = set(member_ids)
    return {who for ask in _unreachable for who in ask(ids, at)} if ids else set()


def register_due(name: str, job: Job) -> None:
    """Called by an app's `ready()`: work that `manage.py run_due` does when its time has come."""
    _due[name] = job


def due_jobs() -> dict[str, Job]:
    """Every job by name, in the order told."""
    return dict(_due)
