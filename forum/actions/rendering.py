"""Texts are rendered when written; when the rendering changes they are rendered again, in batches."""

from collections.abc import Iterable, Iterator

from community.models import Member
from community.text import RENDER_VERSION
from community.text.limits import TooLong, as_typed
from community.text.render import render
from forum.models import Post
from forum.queries import history
from forum.queries.pictures import in_post
from forum.queries.places import linkable
from forum.text.polls import Unclear, parse

BATCH = 200


def waiting() -> int:
    """How many posts were rendered by an older version."""
    return Post.objects.filter(render_version__lt=RENDER_VERSION).count()


def render_again() -> Iterator[int]:
    """Render what an older version rendered; answers how many after each batch. Can be stopped, and goes on later.

    A post that is edited meanwhile keeps what its author wrote: only the very text that was read is replaced.
    """
    last = 0
    while True:
        rows = Post.objects.filter(pk__gt=last, render_version__lt=RENDER_VERSION)
        batch = list(rows.select_related("author", "topic__category").order_by("pk")[:BATCH])
        if not batch:
            return
        written_by = history.hands(batch)
        for post in batch:
            Post.objects.filter(pk=post.pk, body=post.body).update(
                body_html=html_of(post, written_by[post.pk]), render_version=RENDER_VERSION
            )
        last = batch[-1].pk
        yield len(batch)


def html_of(post: Post, hands: Iterable[Member]) -> str:
    """Its text as its readers see it, with the pictures it holds; its topic and place are at hand.

    `hands` are those who wrote in it (`history.hands`).
    """
    try:
        return render(
            parse(post.body).text,
            author=post.author,
            places=linkable(post.topic.category),
            pictures=in_post(post),
            hands=hands,
        ).html
    except (TooLong, Unclear):
        return as_typed(post.body)
