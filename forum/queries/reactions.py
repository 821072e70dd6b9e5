"""What readers said to a post without writing."""

from collections.abc import Container
from dataclasses import dataclass

from community.models import Member
from forum.models import Post, Reaction

_KINDS = [(kind, Reaction.SIGNS[kind], str(words)) for kind, words in Reaction.Kind.choices]


@dataclass(frozen=True, slots=True)
class Chip:
    """One kind under a post: its sign, its words, how often, and whether the reader is among them."""

    kind: str
    sign: str
    words: str
    count: int
    is_mine: bool


def chips(post: Post, said: Container[tuple[int, str]]) -> list[Chip]:
    """Every kind, in its order; `said` are the reader's own, as `own_on` tells them."""
    return [
        Chip(kind, sign, words, post.reactions.get(kind, 0), (post.pk, kind) in said) for kind, sign, words in _KINDS
    ]


def who(post: Post) -> list[tuple[Chip, list[Member]]]:
    """Who said what, as they came; one query."""
    rows = Reaction.objects.filter(post=post).select_related("member").order_by("at", "pk")
    said: dict[str, list[Member]] = {}
    for row in rows:
        said.setdefault(row.kind, []).append(row.member)
    return [(chip, said[chip.kind]) for chip in chips(post, ()) if chip.kind in said]
