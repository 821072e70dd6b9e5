"""What is new and what is unread to a member, as conditions over topics joined with their reading (`mine`)."""

from datetime import datetime, timedelta

from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery

from community.models import Group, Member
from forum.models import Category, Post, Reading, Topic

NEW_FOR = timedelta(days=14)
"""For how long a topic nobody showed you yet counts as new."""
MOST_COUNTED = 100
"""A line says "99+" beyond; nobody counts further, the database neither."""

_SHOWN = Q(hidden_at=None, deleted_at=None)
"""What is hidden waits for nobody, also for those who may see it."""
_HEARD = [Reading.Level.NORMAL, Reading.Level.TRACKING, Reading.Level.WATCHING]


class _Size(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def with_mine(rows: QuerySet[Topic], member: Member | None) -> QuerySet[Topic]:
    """Join the member's own reading row as `mine`."""
    return rows.annotate(
        mine=FilteredRelation("readings", condition=Q(readings__member=member.pk if member and member.pk else 0))
    )


def with_unread(rows: QuerySet[Topic]) -> QuerySet[Topic]:
    """How many posts of a topic can be seen after the last one read (`unread_posts`), over rows with `mine`."""
    after = Post.objects.counted().filter(topic=OuterRef("pk"), number__gt=OuterRef("mine__last_number"))
    return rows.annotate(unread_posts=_Size(after.order_by().values("number")[:MOST_COUNTED]))


def is_unread() -> Q:
    """Begun, not muted, and something that can be seen stands after the mark."""
    return _SHOWN & Q(mine__last_number__gt=0, last_shown_number__gt=F("mine__last_number"), mine__level__in=_HEARD)


def is_new(member: Member, at: datetime) -> Q:
    """Never opened, not muted, and begun lately."""
    unopened = Q(mine__isnull=True) | Q(mine__last_number=0, mine__level__in=_HEARD)
    return _SHOWN & unopened & Q(created_at__gt=new_since(member, at))


def new_since(member: Member, at: datetime) -> datetime:
    """Topics begun after this moment count as new for the member."""
    return max(at - NEW_FOR, member.joined_at)


def waiting_in(
    member: Member, *, at: datetime, category: Category | None = None, group: Group | None = None
) -> dict[int, tuple[int, int]]:
    """`{category id: (new topics, topics with unread posts)}` where anything waits; two queries."""
    rows = with_mine(Topic.objects.visible_to(member), member)
    if category is not None:
        rows = rows.filter(category=category)
    if group is not None:
        rows = rows.filter(category__group=group)
    new, unread = (_by_category(rows.filter(which)) for which in (is_new(member, at), is_unread()))
    return {key: (new.get(key, 0), unread.get(key, 0)) for key in new.keys() | unread.keys()}


def _by_category(rows: QuerySet[Topic]) -> dict[int, int]:
    return dict(rows.order_by().values_list("category").annotate(topics=Count("pk")))
