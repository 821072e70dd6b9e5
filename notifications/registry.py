"""Kinds of notice, scopes, due work and handlers of incoming mail, told by the floors above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes with a mail besides its words: text parts, headers, and facts for its template.

    A part is `{name, type, text}`; with `"as": "alternative"` it stands beside the words instead of below them, as an
    invitation must (RFC 6047).
    """

    parts: list[dict[str, str]]
    headers: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818  (it says the outcome)
    """A handler does not take a mail. The reason is for the member of the address, who gets it with what was written.

    With `is_told=False` nobody gets anything: where the sender is somebody else, or a machine.
    """

    def __init__(self, reason: str, *, is_told: bool = True) -> None:
        """Keep it for people."""
        super().__init__(reason)
        self.reason, self.is_told = reason, is_told


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

Encloser = Callable[[Any, datetime], Enclosure | None]
"""`(notice, at) -> what goes with its mail`, asked when the mail is written, so that it says how things stand then."""

_kinds: dict[str, Kind] = {}
_enclosers: dict[str, Encloser] = {}
_handlers: dict[str, Handler] = {}
_judges: set[str] = set()
_scopes: dict[str, tuple[Namer, Places]] = {}
_unreachable: list[Unreachable] = []
_due: dict[str, Job] = {}


def register_kind(kind: Kind) -> None:
    """Called by an app's `ready()`."""
    _kinds[kind.name] = kind


def register_enclosure(kinds: Iterable[str], enclose: Encloser) -> None:
    """Called by an app's `ready()`: what goes with mails of these kinds.

    Such a mail leaves even when its notice was read on the site: a calendar waits for it, not only an eye.
    """
    _enclosers.update(dict.fromkeys(kinds, enclose))


def enclosing_kinds() -> list[str]:
    """Kinds whose mail carries something besides words."""
    return sorted(_enclosers)


def enclosure(notice: Any, at: datetime) -> Enclosure | None:
    """What goes with the mail of this notice."""
    enclose = _enclosers.get(notice.kind)
    return enclose(notice, at) if enclose else None


def register_mail_handler(name: str, handler: Handler, *, judges_sender: bool = False) -> None:
    """Called by an app's `ready()`: what takes mail to addresses of this name.

    Usually mail of machines and of anyone but the member of the address is turned away before. With `judges_sender`
    the handler gets it all: a calendar answers by machine, and an invitation may have been passed on.
    """
    _handlers[name] = handler
    if judges_sender:
        _judges.add(name)


def judges_sender(name: str) -> bool:
    """Whether that handler looks itself at who sent a mail."""
    return name in _judges


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
