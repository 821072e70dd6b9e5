"""What machines may find: all that is public, in parts of `BLOCK` keys, so that no part grows without end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, QuerySet
from django.urls import reverse
from wagtail.models import Page

from community.models import Group
from forum.models import Category, Topic
from meetups.models import Meetup

BLOCK = 5_000
LAST = 2**63 // BLOCK - 1


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the site; `changed_at` where we know it."""

    path: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of page: the rows a visitor may see, the field that says when one changed, and where it is."""

    rows: Callable[[], QuerySet[Any]]
    changed: str
    path: Callable[[Any], str]


SECTIONS = {
    "topics": Section(lambda: Topic.objects.visible_to(None), "last_posted_at", Topic.get_absolute_url),
    "places": Section(lambda: Category.objects.visible_to(None), "last_posted_at", Category.get_absolute_url),
    "groups": Section(
        lambda: Group.objects.visible_to(None), "", lambda group: reverse("cms:group", args=[group.slug])
    ),
    "meetups": Section(lambda: Meetup.objects.visible_to(None), "", Meetup.get_absolute_url),
    "pages": Section(
        lambda: Page.objects.live().public().filter(depth__gt=1),
        "last_published_at",
        lambda page: page.get_url_parts()[2],
    ),
}


def parts() -> Iterator[tuple[str, int, datetime | None]]:
    """Every part that has something in it: section, number, last change; one query a section, and one of Wagtail's."""
    for name, section in SECTIONS.items():
        rows = section.rows().order_by().annotate(block=F("pk") / BLOCK).values("block")
        if section.changed:
            yield from (
                (name, row["block"], row["at"]) for row in rows.annotate(at=Max(section.changed)).order_by("block")
            )
        else:
            yield from ((name, row["block"], None) for row in rows.distinct().order_by("block"))


def addresses(name: str, block: int) -> list[Address] | None:
    """What stands in one part, or None where there is no such part; one query, and Wagtail's own for its pages."""
    section = SECTIONS.get(name)
    if section is None or block >= LAST:
        return None
    rows = section.rows().filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK).order_by("pk")
    return [Address(section.path(row), getattr(row, section.changed) if section.changed else None) for row in rows]
