"""A member's inbox, grouped by what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from live.kept import Kept
from notifications.models import Notice
from notifications.queries.among import among, listed

PER_PAGE = 30
MOST_SHOWN = 300
BADGE_LIMIT = 99
BUCKETS = 1_000
"""Inboxes share so many parts, so that an announcement to everyone changes no more than these."""
EVERY = "inbox"
"""The part of all of them."""
MEMBERS: str = get_user_model()._meta.db_table  # noqa: SLF001  (documented for models)
WAITING = f"""(SELECT count(*) FROM (SELECT 1 FROM notifications_notice
  WHERE recipient_id = member.id AND read_at IS NULL LIMIT {BADGE_LIMIT}) AS waiting)"""  # noqa: S608  (a number of our own)
"""In a statement about a `member`: how many wait for them."""
_THESE = among("member.id", "these")
_UNREAD = f"SELECT member.id, {WAITING} FROM {MEMBERS} member WHERE {_THESE}"  # noqa: S608  (names of our own)
_waiting: Kept[list[str]] = Kept()


@dataclass(frozen=True, slots=True)
class Thing:
    """All that was said about one thing; `notices` holds the newest of it, the newest first."""

    notices: list[Notice]
    count: int
    unread: int

    @property
    def newest(self) -> Notice:
        """What the line shows."""
        return self.notices[0]


def things(member: Any, number: str | None = None) -> "tuple[Page, list[Thing]]":
    """A page of things, the one last spoken of first; three queries."""
    mine = _by_thing(member)
    grouped = (
        mine.values("thing")
        .annotate(newest=Max("pk"), count=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
        .order_by("-newest")
    )
    page = Paginator(grouped, PER_PAGE).get_page(number)
    rows = list(page.object_list)
    told: dict[str, list[Notice]] = {row["thing"]: [] for row in rows}
    newest = Q(pk__in=[row["newest"] for row in rows])
    # One thing may have been told a thousand times: the newest of each first, then what fits.
    shown = mine.filter(thing__in=told).order_by(Case(When(newest, then=0), default=1), "-pk")[:MOST_SHOWN]
    for notice in shown:
        told[notice.thing].append(notice)
    return page, [Thing(told[row["thing"]], row["count"], row["unread"]) for row in rows]


def part(member_id: int) -> str:
    """What changes with a member's inbox, as `live.changes` knows it."""
    return f"inbox:{member_id % BUCKETS}"


def waiting(member_id: int) -> list[str]:
    """What the unread notices are about, 99 at most: one small query over an index of unread ones, then kept."""

    def ask() -> list[str]:
        unread = Notice.objects.filter(recipient=member_id).unread()
        return list(unread.values_list("subject", flat=True)[:BADGE_LIMIT])

    return _waiting.get(member_id, (EVERY, part(member_id)), ask)


def unread(member: Any) -> int:
    """How many wait, 99 at most."""
    return len(waiting(member.pk))


def unread_of(member_ids: Iterable[int]) -> dict[int, int]:
    """The same for several, 0 for those for whom nothing waits; one query."""
    ids = list(member_ids)
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, {"these": listed(ids)})
        return dict.fromkeys(ids, 0) | dict(cursor.fetchall())


def about(notice: Notice) -> "QuerySet[Notice]":
    """Everything the same member was told about the same thing."""
    mine = Notice.objects.filter(recipient=notice.recipient_id)
    return mine.filter(subject=notice.subject) if notice.subject else mine.filter(pk=notice.pk)


def _by_thing(member: Any) -> "QuerySet[Any]":
    alone = Concat(Value("notice "), Cast("pk", CharField()), output_field=CharField())
    thing = Case(When(subject="", then=alone), default=F("subject"), output_field=CharField())
    return Notice.objects.visible_to(member).annotate(thing=thing)
