"""Places to talk: what the index shows, and a group's own."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum

from community.models import Group, Member, Membership
from community.text import signs
from forum.models import Category


def places(member: Member | None, *, group: Group | None = None) -> QuerySet[Category]:
    """The open places of the site (or of one group) that the member may read, in their order."""
    rows = Category.objects.visible_to(member).filter(group=group, retired_at=None)
    return rows.select_related("group").order_by("position", "name")


def arranged(group: Group | None) -> QuerySet[Category]:
    """All places of a group (None: of the site) for those who arrange them, retired ones too."""
    return Category.objects.filter(group=group).order_by("position", "name")


def tended(member: Member) -> QuerySet[Category]:
    """Open places whose topics the member looks after, those of the site first."""
    rows = Category.objects.open_to(member).select_related("group").order_by("group__name", "position", "name")
    if member.is_moderator:
        return rows
    return rows.filter(group__in=Membership.objects.live().governing().filter(member=member).values("group"))


def talk_of(group: Group) -> Category | None:
    """The group's own Talk: the first of its open places."""
    return (
        Category.objects.filter(group=group, retired_at=None).select_related("group").order_by("position", "id").first()
    )


def linkable(category: Category | None) -> signs.Places:
    """The places that may be linked in a text which stands in `category`: whoever reads it may read them too."""
    wider = {
        Category.Audience.MEMBERS: [Category.Audience.MEMBERS],
        Category.Audience.ORGANISERS: [Category.Audience.MEMBERS, Category.Audience.ORGANISERS],
    }
    open_to_all = Q(visible_to_whom=Category.Audience.EVERYONE)
    audiences = wider.get(Category.Audience(category.visible_to_whom), []) if category else []
    seen = open_to_all | Q(group=category.group_id, visible_to_whom__in=audiences) if category else open_to_all

    def find(slugs: list[str]) -> dict[str, tuple[str, str]]:
        rows = Category.objects.filter(seen, slug__in=slugs).select_related("group")
        return {row.slug: (row.get_absolute_url(), row.called) for row in rows}

    return find


def group_feed_categories(group: Group) -> QuerySet[Category]:
    """The places of a group that anyone may read."""
    return Category.objects.visible_to(None).filter(group=group)


def topic_count(member: Member | None) -> int:
    """How many topics there are in all places the member may read."""
    found = Category.objects.visible_to(member).aggregate(topics=Sum("topic_count"))["topics"]
    return found or 0


def with_waiting(places: Iterable[Category], waiting: dict[int, tuple[int, int]]) -> list[Category]:
    """The places, each with `waiting`: how many of its topics are new or unread (`waiting_in` counted them)."""
    found = list(places)
    for place in found:
        setattr(place, "waiting", sum(waiting.get(place.pk, ())))  # noqa: B010  (carried to the template)
    return found
