"""How content offers itself to be judged: the floors above fill this when the site starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing as a moderator sees it. `text` is what it says now; `group` is None for the whole site.

    `is_past`: its author can no longer change it, and so may report it themselves.
    """

    kind: str
    id: int
    author: Any
    group: Any
    title: str
    text: str
    html: str
    url: str
    is_hidden: bool
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be reported, such as "post".

    `label` comes with its article ("a post"). `find(id)` answers it whoever may see it; `visible_to(member, id)` says
    whether that member may (to report it); `hide(id, at)` and `restore(id, at)` run in the caller's transaction, keep
    counters true and may run twice.
    """

    name: str
    label: str
    find: Callable[[int], Subject | None]
    visible_to: Callable[[Any, int], bool]
    hide: Callable[[int, datetime], None]
    restore: Callable[[int, datetime], None]


Interest = Callable[[Any, Subject], str]
"""`(moderator, subject) -> reason` why they may not judge this thing (they work for the vendor it is about), or ""."""

_kinds: dict[str, Kind] = {}
_interests: list[Interest] = []


def register(kind: Kind) -> None:
    """Called by an app's `ready()`."""
    _kinds[kind.name] = kind


def kind(name: str) -> Kind | None:
    """The kind of that name, if any."""
    return _kinds.get(name)


def find(name: str, number: int) -> Subject | None:
    """The thing, whoever may see it; None when it, or its kind, is gone."""
    known = _kinds.get(name)
    return known.find(number) if known else None


def register_interest(interest: Interest) -> None:
    """Called by an app's `ready()`: who knows a reason that keeps a moderator out of a case."""
    _interests.append(interest)


def interest(moderator: Any, subject: Subject) -> str:
    """The first reason why this moderator may not judge this thing, for people; "" when there is none."""
    return next((reason for ask in _interests if (reason := ask(moderator, subject))), "")
