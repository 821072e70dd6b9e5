"""What a reader may see, as conditions for the statements of `engine`: `visible_to` of places, topics and posts.

Those build their statements anew for every reader; a search asks three tables at once and is asked often.
`tests/forum/search/test_sight.py` holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from community.models import Member, Membership
from forum.models import Category
from live.changes import EVERYTHING
from live.kept import Kept
from notifications.queries.among import among, listed


@dataclass(frozen=True, slots=True)
class Sight:
    """Conditions over `topic` (its place included) and over `post` in such a `topic`, with their values."""

    of_topics: str
    of_posts: str
    values: dict[str, Any]
    places: dict[int, str]
    """The places that are looked in, as they are called; the reader may read them all."""
    is_sure: str = "TRUE"
    """Asked of the `topic` of each hit once more, where the places were known before."""


_open_to_all: Kept[dict[int, str]] = Kept()
_SURE = "EXISTS (SELECT 1 FROM forum_category WHERE id = topic.category_id AND visible_to_whom = 'everyone')"


def street() -> Sight:
    """What a visitor may see anywhere; no query while the places are kept, of which each hit makes sure."""

    def read() -> dict[int, str]:
        return _names(Category.objects.visible_to(None).values_list("pk", "name", "group__name"))

    found = _open_to_all.get("", (EVERYTHING,), read)
    return _sight(found, " AND {it}.hidden_at IS NULL", {}, _SURE)


def sight(member: Member | None, places: QuerySet[Category]) -> Sight:
    """What `member` may see in these places, which are visible to them; one query."""
    fields: tuple[Any, ...] = ("pk", "name", "group__name")
    reader = member.pk if member and not member.is_moderator else None
    if reader:
        governed = Membership.objects.live().governing().filter(member=reader, group=OuterRef("group"))
        fields = (*fields, Exists(governed))
        theirs = f"{{it}}.author_id = %(reader)s OR {among('topic.category_id', 'governed')}"
        is_shown = f" AND ({{it}}.hidden_at IS NULL OR {theirs})"
    else:
        is_shown = "" if member and member.pk and member.is_moderator else " AND {it}.hidden_at IS NULL"
    rows = list(places.values_list(*fields))
    governs = [row[0] for row in rows if reader and row[3]]
    return _sight(_names(row[:3] for row in rows), is_shown, {"governed": listed(governs), "reader": reader})


def _sight(places: dict[int, str], is_shown: str, values: dict[str, Any], is_sure: str = "TRUE") -> Sight:
    of_topics, of_posts = (f"{it}.deleted_at IS NULL{is_shown.format(it=it)}" for it in ("topic", "post"))
    here = among("topic.category_id", "places")
    return Sight(f"{here} AND {of_topics}", of_posts, {**values, "places": listed(places)}, places, is_sure)


def _names(rows: Iterable[tuple[Any, ...]]) -> dict[int, str]:
    return {pk: f"{name}, {group}" if group else name for pk, name, group in rows}
