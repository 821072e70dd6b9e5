"""Tags, as many of them as the reader may know of."""

from django.db.models import F, QuerySet

from community.models import Member
from community.text import tags as text
from forum.models import Tag

SUGGESTED = 100


def tag_list(member: Member | None) -> QuerySet[Tag]:
    """Every tag on a topic the member may see, by name, with the number of those topics; one query."""
    return Tag.objects.visible_to(member).order_by("name")


def suggested(member: Member) -> list[str]:
    """Names to choose from while writing, the most used first; one query."""
    rows = Tag.objects.visible_to(member).order_by(F("shown_count").desc(), "name")
    return list(rows.values_list("name", flat=True)[:SUGGESTED])


def find_tag(member: Member | None, typed: str, *, unused: bool = False) -> Tag | None:
    """The tag of this name, however it is written, led on where it was merged; `unused` ones only if asked."""
    tag = Tag.objects.filter(key=text.key(text.tidy(typed))).select_related("merged_into").first()
    if tag is None:
        return None
    found = tag.merged_into or tag
    return found if unused or Tag.objects.visible_to(member).filter(pk=found.pk).exists() else None
