"""Places to talk: what the index shows, and a group's own."""

from django.db.models import QuerySet

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
