"""Places to talk: what the index shows, and a group's own."""

from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from community.models import Group, Member
from forum.models import Category


def places(member: Member | None, *, group: Group | None = None) -> QuerySet[Category]:
    """The places of the site (or of one group) that the member may read, in their order."""
    rows = Category.objects.visible_to(member).filter(group=group)
    return rows.select_related("group").order_by("position", "name")


def talk_of(group: Group) -> Category | None:
    """The group's own Talk: the first place it was given."""
    return Category.objects.filter(group=group).select_related("group").order_by("position", "id").first()


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
