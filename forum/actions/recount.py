"""Proves the counters: what they say against what is there, and puts right what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from forum.actions import tags, tallies, trees
from forum.models import Category, Pointer, Post, Reaction, Tagging, Topic


@dataclass(frozen=True, slots=True)
class Difference:
    """One counter that is wrong."""

    row: str
    field: str
    kept: Any
    real: Any

    def __str__(self) -> str:
        return f"{self.row}: {self.field} is {self.kept}, should be {self.real}"


def recount(*, repair: bool) -> list[Difference]:
    """All differences; with `repair` they are gone afterwards. Topics first: categories add up what topics say."""
    found: list[Difference] = []
    with transaction.atomic():
        found += _compare(_topics(), repair=repair)
        found += _compare(_categories(), repair=repair)
        found += _tag_lines(repair=repair)
        found += _reactions(repair=repair)
        found += [
            Difference(f"Topic {topic}", f"posts of the {span} of {day}", kept, real)
            for (topic, span, day), kept, real in tallies.differences(repair=repair)
        ]
        found += [
            Difference(f"Post {post}", "path", kept, real) for post, kept, real in trees.differences(repair=repair)
        ]
    return found


def settle(topics: Sequence[Topic], places: Sequence[Category]) -> None:
    """Count these afresh, the topics being locked: the places are locked too, the lower key first."""
    ids = {place.pk for place in places}
    list(Category.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))
    _compare(_topics().filter(pk__in=[topic.pk for topic in topics]), repair=True)
    for topic in topics:
        tallies.again(topic)
        trees.again(topic)
    _compare(_categories().filter(pk__in=ids), repair=True)


def _tag_lines(*, repair: bool) -> list[Difference]:
    real: dict[int, list[str]] = {}
    for topic, name in Tagging.objects.order_by("topic", "position").values_list("topic", "tag__name"):
        real.setdefault(topic, []).append(name)
    carry = ~Q(tag_line="") | Q(taggings__isnull=False)
    rows = Topic.objects.filter(carry).distinct().values_list("pk", "tag_line").order_by("pk")
    lines = ((pk, kept, tags.line_of(real.get(pk, []))) for pk, kept in rows)
    found = [(pk, Difference(f"Topic {pk}", "tag_line", kept, line)) for pk, kept, line in lines if kept != line]
    for pk, difference in found if repair else ():
        Topic.objects.filter(pk=pk).update(tag_line=difference.real)
    return [difference for _pk, difference in found]


def _reactions(*, repair: bool) -> list[Difference]:
    """What posts say of their reactions, against the rows."""
    real: dict[int, dict[str, int]] = {}
    for post, kind, number in Reaction.objects.values_list("post", "kind").annotate(Count("pk")).order_by():
        real.setdefault(post, {})[kind] = number
    wrong = Post.objects.filter(~Q(reactions={}) | Q(pk__in=Reaction.objects.values("post"))).order_by("pk")
    found = [
        (pk, kept, real.get(pk, {}))
        for pk, kept in wrong.values_list("pk", "reactions").iterator()
        if kept != real.get(pk, {})
    ]
    for pk, _, counted in found if repair else []:
        Post.objects.filter(pk=pk).update(reactions=counted)
    return [Difference(f"Post {pk}", "reactions", kept, counted) for pk, kept, counted in found]


def _topics() -> QuerySet[Topic]:
    seen = Q(posts__hidden_at=None, posts__deleted_at=None)
    left = Pointer.objects.filter(topic=OuterRef("pk")).order_by("-number").values("number")
    last = Post.objects.counted().filter(topic=OuterRef("pk")).order_by("-number")
    return Topic.objects.annotate(
        real_post_count=Count("posts", filter=seen),
        real_last_number=Greatest(Coalesce(Max("posts__number"), 0), Coalesce(Subquery(left[:1]), 0)),
        real_last_shown_number=Coalesce(Subquery(last.values("number")[:1]), 0),
        real_last_posted_at=Coalesce(Subquery(last.values("created_at")[:1]), "created_at"),
        real_last_author_id=Coalesce(Subquery(last.values("author")[:1]), "author", output_field=BigIntegerField()),
    )


def _categories() -> QuerySet[Category]:
    there = Q(topics__hidden_at=None, topics__deleted_at=None)
    return Category.objects.annotate(
        real_topic_count=Count("topics", filter=there),
        real_post_count=Coalesce(Sum("topics__post_count", filter=there), 0),
        real_last_posted_at=Max("topics__last_posted_at", filter=there),
    )


def _compare(rows: QuerySet[Any], *, repair: bool) -> list[Difference]:
    found: list[Difference] = []
    fields = [name.removeprefix("real_") for name in rows.query.annotations]
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        wrong = {name: getattr(row, f"real_{name}") for name in fields}
        wrong = {name: real for name, real in wrong.items() if getattr(row, name) != real}
        name = f"{type(row).__name__} {row.pk}"
        found += [Difference(name, field, getattr(row, field), real) for field, real in wrong.items()]
        if wrong and repair:
            type(row)._default_manager.filter(pk=row.pk).update(**wrong)  # noqa: SLF001
    return found
