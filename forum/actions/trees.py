"""Keeps the paths the tree is read by: a post's path is that of the post it answers, and its own number."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from forum.models import Post, Topic
from forum.models.post import path_below

Row = tuple[int, int, int, int | None, str]
"""Key, topic, number, key of the post it answers, path."""


def path_of(number: int, answers: Post | None) -> str:
    """Where a new post stands; answers to the first post stand beside it, for everything answers that."""
    return path_below(answers.path if answers and answers.number > 1 else "", number)


def again(topic: Topic) -> None:
    """Work the paths of a locked topic out afresh: posts came or went."""
    wrong = list(_wrong(_rows().filter(topic=topic).order_by("number")))
    Post.objects.bulk_update([Post(pk=key, path=path) for key, _, path in wrong], ["path"], batch_size=500)


def differences(*, repair: bool) -> Iterator[tuple[int, str, str]]:
    """Every path that is wrong, as (key, kept, real); with `repair` it is right afterwards."""
    wrong = list(_wrong(_rows().order_by("topic", "number").iterator(chunk_size=5000)))
    if repair:
        Post.objects.bulk_update([Post(pk=key, path=path) for key, _, path in wrong], ["path"], batch_size=500)
    yield from wrong


def _rows() -> QuerySet[Post, Row]:
    return Post.objects.values_list("pk", "topic", "number", "answers", "path")


def _wrong(rows: Iterable[Row]) -> Iterator[tuple[int, str, str]]:
    here, paths = 0, dict[int, str]()
    for key, topic, number, answers, kept in rows:
        if topic != here:
            here, paths = topic, {}
        real = path_below(paths.get(answers or 0, ""), number)
        # What answers the first post stands beside it; what answers a post of another topic begins anew.
        paths[key] = real if number > 1 else ""
        if kept != real:
            yield key, kept, real
