"""What readers said to a post without writing."""

from collections.abc import Iterable
from dataclasses import dataclass

from community.models import Member
from forum.models import Post, Reaction


@dataclass(frozen=True, slots=True)
class Chip:
    """One kind under a post: its sign, its words, how often, and whether the reader is among them."""

    kind: str
    sign: str
    words: str
    count: int
    is_mine: bool


def chips(posts: Iterable[Post], member: Member | None) -> dict[int, list[Chip]]:
    """Every kind, in its order, by post; one query for members, none for visitors."""
    rows = list(posts)
    mine: set[tuple[int, str]] = set()
    if member is not None:
        own = Reaction.objects.filter(member=member, post__in=[post.pk for post in rows])
        mine = set(own.values_list("post", "kind"))
    return {
        post.pk: [
            Chip(kind, Reaction.SIGNS[kind], words, post.reactions.get(kind, 0), (post.pk, kind) in mine)
            for kind, words in Reaction.Kind.choices
        ]
        for post in rows
    }


def who(post: Post) -> list[tuple[Chip, list[Member]]]:
    """Who said what, as they came; one query."""
    rows = Reaction.objects.filter(post=post).select_related("member").order_by("at", "pk")
    said: dict[str, list[Member]] = {}
    for row in rows:
        said.setdefault(row.kind, []).append(row.member)
    return [(chip, said[chip.kind]) for chip in chips([post], None)[post.pk] if chip.kind in said]
