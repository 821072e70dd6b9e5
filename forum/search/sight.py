"""What a reader may see, as conditions for the statements of `engine`: `visible_to` of places, topics and posts.

Those build their statements anew for every reader; a search asks three tables at once and is asked often.
`tests/forum/search/test_sight.py` holds the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from community.models import Member, Membership
from community.queries import written
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


def sight(member: Member | None, only: Sequence[Q] = ()) -> Sight:
    """What `member` may see in the places that all of `only` leave of those they may read; one query."""
    found = _narrowed(member, only) if only else _all(member)
    reader = member.pk if member and member.pk and not member.is_moderator else None
    governs = [pk for pk, _, _, is_governed in found if is_governed]
    theirs = " OR {it}.author_id = %(reader)s" if reader else ""
    if reader and governs:
        theirs += f" OR {among('topic.category_id', 'governed')}"
    is_shown = "" if member and member.pk and member.is_moderator else f" AND ({{it}}.hidden_at IS NULL{theirs})"
    values = {"governed": listed(governs), "reader": reader}
    return _sight(_names(row[:3] for row in found), is_shown, values)


def _all(member: Member | None) -> list[Any]:
    moderates = member is not None and member.is_moderator

    def of(who: int | None) -> "QuerySet[Category, tuple[Any, ...]]":
        return _narrowed(Member(pk=who, is_moderator=moderates) if who else None, ())

    return written.ask(("search in", moderates), of, who=member.pk if member else None)


def _narrowed(member: Member | None, only: Sequence[Q]) -> "QuerySet[Category, tuple[Any, ...]]":
    rows = Category.objects.visible_to(member).filter(*only)
    governed: Any = Value(value=False)
    if member and member.pk and not member.is_moderator:
        governed = Exists(Membership.objects.live().governing().filter(member=member.pk, group=OuterRef("group")))
    return rows.values_list("pk", "name", "group__name", governed)


def _sight(places: dict[int, str], is_shown: str, values: dict[str, Any], is_sure: str = "TRUE") -> Sight:
    of_topics, of_posts = (f"{it}.deleted_at IS NULL{is_shown.format(it=it)}" for it in ("topic", "post"))
    here = among("topic.category_id", "places")
    return Sight(f"{here} AND {of_topics}", of_posts, {**values, "places": listed(places)}, places, is_sure)


def _names(rows: Iterable[tuple[Any, ...]]) -> dict[int, str]:
    return {pk: f"{name}, {group}" if group else name for pk, name, group in rows}
