"""What the floors above do and know about members and groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Event = Literal["founded", "joined", "left", "departed", "role_changed", "amended"]
Listener = Callable[..., None]
"""Called inside the transaction, keyword-only: founded(group, actor, at); joined, left(group, member, at);
departed(member, at); role_changed(group, member, role, at); amended(group, changed, at) with the names of fields."""


@dataclass(frozen=True, slots=True)
class Label:
    """What must stand beside an author's name: "works for Acme, sponsor of this group"."""

    text: str
    organisation: str
    is_sponsor: bool


Exporter = Callable[[Any], Iterable[dict[str, Any]]]
Labeller = Callable[[Iterable[int], Any], dict[int, Label]]
Bar = Callable[[Any, Any], str]
"""`(member, group) -> reason` why they may not govern, or ""."""

Sponsored = Callable[[set[int], date, date | None], set[int]]
"""`(organisation ids, starts_on, ends_on) -> ids of the groups they sponsor on any of those days` (half-open)."""

Deeds = Callable[[set[int], datetime | None], dict[str, dict[int, int]]]
"""`(member ids, since) -> {deed: {member: how many}}`, in all (None) or since a moment; constant queries."""

_listeners: dict[Event, list[Listener]] = {}
_exporters: dict[str, Exporter] = {}
_labellers: list[Labeller] = []
_bars: list[Bar] = []
_sponsored: list[Sponsored] = []
_deeds: list[Deeds] = []


def on(event: Event, listener: Listener) -> None:
    """Called by an app's `ready()`."""
    _listeners.setdefault(event, []).append(listener)


def announce(event: Event, **facts: Any) -> None:
    """Let every floor above do its part, in this transaction."""
    for listener in _listeners.get(event, []):
        listener(**facts)


def register_export(name: str, exporter: Exporter) -> None:
    """`name` is the file in a member's download; the exporter yields plain rows."""
    _exporters[name] = exporter


def exports(member: Any) -> dict[str, Iterable[dict[str, Any]]]:
    """Everything every floor holds of a member, by file name."""
    return {name: exporter(member) for name, exporter in sorted(_exporters.items())}


def register_labels(labeller: Labeller) -> None:
    """Who knows what must be said beside an author's name."""
    _labellers.append(labeller)


def labels(author_ids: Iterable[int], group: Any) -> dict[int, Label]:
    """The labels of these authors where `group` (or the whole site, None) is the place; constant queries."""
    wanted = set(author_ids)
    found: dict[int, Label] = {}
    for labeller in _labellers:
        found |= labeller(wanted, group)
    return found


def register_bar(bar: Bar) -> None:
    """Who knows a reason that bars a member from governing a group."""
    _bars.append(bar)


def bars_to_office(member: Any, group: Any) -> str:
    """The first reason why this member may not govern this group, for people; "" when there is none."""
    return next((reason for bar in _bars if (reason := bar(member, group))), "")


def register_sponsored(sponsored: Sponsored) -> None:
    """Who knows which groups an organisation sponsors."""
    _sponsored.append(sponsored)


def groups_sponsored(organisation_ids: Iterable[int], starts_on: date, ends_on: date | None) -> set[int]:
    """Ids of the groups that any of these sponsors on a day of the period; asked before a tie is written."""
    wanted = set(organisation_ids)
    return {group for ask in _sponsored for group in ask(wanted, starts_on, ends_on)} if wanted else set()


def register_deeds(teller: Deeds) -> None:
    """Who knows what members did that trust grows from (`policies.trust.DEEDS`)."""
    _deeds.append(teller)


def deeds(member_ids: set[int], since: datetime | None) -> dict[int, dict[str, int]]:
    """What every floor knows these members to have done, by member."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in member_ids}
    for tell in _deeds:
        for name, numbers in tell(member_ids, since).items():
            for pk, number in numbers.items():
                found[pk][name] = number
    return found
