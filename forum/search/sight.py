"""What a reader may see, as conditions for the statements of `engine`: `visible_to` of places, topics and posts.

Those build their statements anew for every reader; a search asks three tables at once and is asked often.
`tests/forum/search/test_sight.py` holds the two together.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from community.models import Member, Membership
from forum.models import Category


@dataclass(frozen=True, slots=True)
class Sight:
    """Conditions over `topic` (its place included) and over `post` in such a `topic`, with their values."""

    of_topics: str
    of_posts: str
    values: dict[str, Any]
    places: dict[int, str]
    """The places that are looked in, as they are called; the reader may read them all."""


def sight(member: Member | None, places: QuerySet[Category]) -> Sight:
    """What `member` may see in these places, which are visible to them; one query."""
    here = among("topic.category_id", "places")
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
    found = {pk: f"{name}, {group}" if group else name for pk, name, group, *_ in rows}
    governs = [row[0] for row in rows if reader and row[3]]
    values = {"places": listed([*found]), "governed": listed(governs), "reader": reader}
    of_topics, of_posts = (f"{it}.deleted_at IS NULL{is_shown.format(it=it)}" for it in ("topic", "post"))
    return Sight(f"{here} AND {of_topics}", of_posts, values, found)


def among(column: str, name: str) -> str:
    """The condition that `column` is one of the values bound as `name`."""
    if connection.vendor == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(%({name})s))"  # noqa: S608  (names of our own)
    return f"{column} = ANY(%({name})s)"


def listed(ids: Sequence[int]) -> Any:
    """These ids as a value that `among` takes."""
    return json.dumps(ids) if connection.vendor == "sqlite" else list(ids)
