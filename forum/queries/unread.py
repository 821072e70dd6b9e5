"""What is new and what is unread to a member, as conditions over topics joined with their reading (`mine`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from community.models import Group, Member, Membership
from forum.models import Category, Follow, Post, Reading, Topic
from forum.queries import written
from forum.queries.levels import COUNTED, with_mine
from forum.queries.mine import part
from live.changes import EVERYTHING
from live.kept import Kept

NEW_FOR = timedelta(days=14)
"""For how long a topic nobody showed you yet counts as new."""
MOST_PLACES = 20
"""An open page listens to no more places that are not for all."""
MOST_COUNTED = 100
"""A line says "99+" beyond; nobody counts further, the database neither."""

_SHOWN = Q(hidden_at=None, deleted_at=None)
"""What is hidden waits for nobody, also for those who may see it."""


class _Size(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def with_unread(rows: QuerySet[Topic]) -> QuerySet[Topic]:
    """How many posts of a topic can be seen after the last one read (`unread_posts`), over rows with `mine`."""
    after = Post.objects.counted().filter(topic=OuterRef("pk"), number__gt=OuterRef("mine__last_number"))
    return rows.annotate(unread_posts=_Size(after.order_by().values("number")[:MOST_COUNTED]))


def is_unread() -> Q:
    """Followed, begun, and something that can be seen stands after the mark; over rows of `with_mine`.

    Begun is what has a mark: at 0 where posts one had not come to went to a topic of their own, or one only follows it.
    """
    return _SHOWN & Q(my_level__in=COUNTED, mine__isnull=False, last_shown_number__gt=F("mine__last_number"))


def is_new(member: Member, after: datetime) -> Q:
    """Never opened, not muted nor `is_unread`, begun `after` this (`since`) and since they marked all as read here."""
    unopened = Q(mine__isnull=True) | Q(mine__last_number=0, my_level=Reading.Level.NORMAL)
    return _SHOWN & unopened & ~Q(my_level=Reading.Level.MUTED) & _lately(member, after)


def since(member: Member | None, at: datetime) -> datetime:
    """Topics begun later may be new to the member: lately, and since they joined."""
    return max(at - NEW_FOR, member.joined_at) if member and member.pk else at - NEW_FOR


def _lately(member: Member, after: datetime) -> Q:
    base = Value(after, output_field=DateTimeField())
    everywhere = Follow.objects.filter(member=member, category=None, group=None, tag=None).values("all_read_at")
    lately = Q(created_at__gt=base) & Q(created_at__gt=Coalesce(Subquery(everywhere), base))
    return lately & Q(created_at__gt=F("read_before"))


def waiting_in(
    member: Member, *, at: datetime, category: Category | None = None, group: Group | None = None
) -> dict[int, tuple[int, int]]:
    """`{category id: (new topics, topics with unread posts)}` where anything waits; two queries."""
    asked = written.Asked(member, since(member, at), group, category)
    new, unread = dict(written.ask("new", _new, asked)), dict(written.ask("unread", _unread, asked))
    return {key: (new.get(key, 0), unread.get(key, 0)) for key in new.keys() | unread.keys()}


def _new(asked: written.Asked) -> QuerySet[Topic, Any]:
    return _by_category(asked, is_new(asked.reader, asked.since)) if asked.reader else Topic.objects.none()


def _unread(asked: written.Asked) -> QuerySet[Topic, Any]:
    return _by_category(asked, is_unread())


@dataclass(frozen=True, slots=True)
class Waiting:
    """In all: `new` topics, topics with `unread` posts, and the `places` the member may read that are not for all."""

    new: int
    unread: int
    places: list[int]


_waiting: Kept[Waiting] = Kept()


def waiting_of(member: Member, *, at: datetime) -> Waiting:
    """For the header of every page: counted anew when something was said, or done by the member; three queries."""
    key = member.pk, member.is_moderator
    return _waiting.get(key, (EVERYTHING, "forum", part(member.pk)), lambda: _counted(member, at))


def _counted(member: Member, at: datetime) -> Waiting:
    counts = waiting_in(member, at=at).values()
    mine = Membership.objects.live().filter(member=member).values("group")
    rows = Category.objects.visible_to(member).exclude(visible_to_whom=Category.Audience.EVERYONE)
    places = list(rows.filter(group__in=mine).order_by("pk").values_list("pk", flat=True)[:MOST_PLACES])
    return Waiting(sum(new for new, _ in counts), sum(unread for _, unread in counts), places)


def _by_category(asked: written.Asked, which: Q) -> QuerySet[Topic, Any]:
    rows = with_mine(Topic.objects.visible_to(asked.reader), asked.reader)
    if asked.category is not None:
        rows = rows.filter(category=asked.category)
    if asked.group is not None:
        rows = rows.filter(category__group=asked.group)
    return rows.filter(which).order_by().values_list("category").annotate(topics=Count("pk"))
