"""Lists of the forum as one reader meets them, by statements that Django writes once (`community.queries.written`)."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from community.models import Group, Member
from community.queries import written
from forum.models import Category

_SINCE = datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and where; `since` is as `unread.since` tells. A place is known by its key alone."""

    reader: Member | None
    since: datetime = _SINCE
    group: Group | None = None
    category: Category | None = None
    topic: int | None = None


Build = Callable[[Asked], "QuerySet[Any, Any]"]
"""What is found, as a query set: of a reader only their key and whether they moderate the site may shape it."""


def ask(shape: Hashable, build: Build, asked: Asked) -> list[Any]:
    """What `build` finds; `shape` names all else that it depends on. One query."""
    reader = asked.reader if asked.reader is not None and asked.reader.pk else None

    def of(
        who: int | None, since: datetime, group: int | None, category: int | None, topic: int | None
    ) -> "QuerySet[Any, Any]":
        anybody = Member(pk=who, is_moderator=reader.is_moderator, joined_at=since) if who and reader else None
        place = Category(pk=category) if category else None
        return build(Asked(anybody, since, Group(pk=group) if group else None, place, topic))

    return written.ask(
        ("forum", shape, reader and reader.is_moderator),
        of,
        who=reader.pk if reader else None,
        since=asked.since,
        group=asked.group.pk if asked.group else None,
        category=asked.category.pk if asked.category else None,
        topic=asked.topic,
    )
