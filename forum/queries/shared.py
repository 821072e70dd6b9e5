"""What a topic and a page of it show to everybody, read once and kept in memory until it changes.

These rows are shared by all who ask: nothing may be written to them, and who may see what is decided for each reader
anew (`thread.described`). docs/decisions/0052-pages-are-kept-in-parts.md
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from community.models import Member
from community.registry import Label, labels
from forum.models import Act, Post, Topic
from forum.queries import written
from forum.queries.mine import Mine
from live.changes import EVERYTHING
from live.kept import Kept
from moderation.models import Decision

MOST_DRAWN = 400


@dataclass(frozen=True, slots=True)
class Rows:
    """Posts by number, hidden and removed ones too; `labels` by author, `reasons` of hidden posts by their key.

    `drawn` holds what was made of them, by whatever it depends on besides: it goes when the rows go.
    """

    posts: dict[int, Post] = field(default_factory=dict)
    labels: dict[int, Label] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    drawn: dict[Hashable, str] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], str]) -> str:
        """What was made under this key, else now; at most `MOST_DRAWN` are kept."""
        text = self.drawn.get(key)
        if text is None:
            if len(self.drawn) >= MOST_DRAWN:
                self.drawn.clear()
            text = self.drawn[key] = make()
        return text


_topics: Kept[Topic | None] = Kept()
_rows: Kept[Rows] = Kept(most=150)


def topic_of(member: Member | None, pk: int, mine: Mine) -> Topic | None:
    """The topic with its place, author and answer and with `has_acts`, if the member may see it; one query at most.

    Two where not everybody may see it: then the database is asked whether this reader may.
    """
    if not _is_seen(member, pk, mine):
        return None
    parts = EVERYTHING, f"topic:{pk}", f"members:{mine.group_id}"
    return _topics.get((pk, mine.stamp), parts, lambda: _read(pk, is_solved=mine.is_solved))


def topic_as_read(member: Member | None, pk: int, mine: Mine) -> Topic | None:
    """The topic with its place alone, the reader's own and never kept: for whoever is about to write in it."""
    if not _is_seen(member, pk, mine):
        return None
    found: list[Topic] = written.ask("topic", _with_place, written.Asked(None, topic=pk))
    return found[0] if found else None


def _with_place(asked: written.Asked) -> QuerySet[Topic]:
    return Topic.objects.select_related("category__group").filter(pk=asked.topic or 0)


def page_rows(topic: Topic, stamp: Hashable, first: int, final: int) -> Rows:
    """Of the posts from number `first` to `final`; three queries at most."""

    def read() -> Rows:
        return rows_of(topic, with_authors(Post.objects.filter(topic=topic, number__range=(first, final))))

    return _rows.get((topic.pk, stamp, first, final), (EVERYTHING, f"topic:{topic.pk}"), read)


def rows_of(topic: Topic, found: Iterable[Post]) -> Rows:
    """These posts with what must be said beside them; two queries at most."""
    posts = {post.number: post for post in found}
    answerer = {topic.solved_by.author_id} if topic.solved_by else set()
    said = labels({post.author_id for post in posts.values()} | answerer, topic.category.group)
    return Rows(posts, said, _reasons([post.pk for post in posts.values() if post.hidden_at]))


def with_authors(rows: QuerySet[Post]) -> QuerySet[Post]:
    """What a post shows besides itself: who wrote it, what it answers, and its poll."""
    return rows.select_related("author", "answers__author", "poll").order_by("number")


def _is_seen(member: Member | None, pk: int, mine: Mine) -> bool:
    return mine.is_open or Topic.objects.visible_to(member).filter(pk=pk).exists()


def _read(pk: int, *, is_solved: bool) -> Topic | None:
    rows = Topic.objects.select_related("category__group", "author", *(["solved_by__author"] if is_solved else []))
    return rows.annotate(has_acts=Exists(Act.objects.filter(topic=OuterRef("pk")))).filter(pk=pk).first()


def _reasons(post_ids: list[int]) -> dict[int, str]:
    if not post_ids:
        return {}
    decisions = Decision.objects.filter(
        target_kind="post", target_id__in=post_ids, kind=Decision.Kind.HIDE, reversed_at=None
    )
    return dict(decisions.order_by("id").values_list("target_id", "reason"))
