"""One page of a topic. Pages are ranges of post numbers, so the thousandth costs what the first does."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, QuerySet

from community.models import Block, Member
from community.registry import Label, labels
from forum.models import Act, Draft, Post, Topic
from forum.queries.solving import Answer, answer_of
from forum.queries.unread import with_mine
from moderation.models import Decision

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the thread. `post` is None where something was taken down that this reader may not see.

    `is_removed`: its author took it down; `removed` is the post then, for those who may put it back.

    `may_edit`, `may_remove` and `may_make_wiki` are filled in by the view, which asks the policies.
    """

    number: int
    post: Post | None = None
    is_removed: bool = False
    removed: Post | None = None
    label: Label | None = None
    is_new: bool = False
    is_blocked: bool = False
    why_hidden: str = ""
    acts: tuple[Act, ...] = ()
    moved_to: Post | None = None
    moved_until: int = 0
    may_edit: bool = False
    may_remove: bool = False
    may_make_wiki: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries; `number` of `last`, both from 1."""

    number: int
    last: int
    entries: list[Entry] = field(default_factory=list)
    answer: Answer | None = None

    @property
    def up_to(self) -> int:
        """The highest post number on it."""
        return self.entries[-1].number if self.entries else 0

    @property
    def previous(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The page after."""
        return self.number + 1

    @property
    def others(self) -> list[int | None]:
        """Page numbers to offer, None for a gap: the ends, and those around this one."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        shown: list[int | None] = []
        for number in sorted(each for each in near if 1 <= each <= self.last):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def find(member: Member | None) -> QuerySet[Topic]:
    """Topics the member may see, with place, author, how far they have read (`read_to`, `my_level`), `has_draft`."""
    rows = Topic.objects.visible_to(member).select_related("category__group", "author", "solved_by__author")
    rows = rows.annotate(has_acts=Exists(Act.objects.filter(topic=OuterRef("pk"))))
    rows = rows.annotate(answer_is_blocked=_blocked_by(member.pk if member else None, "solved_by__author"))
    draft = Draft.objects.filter(member=member.pk if member else 0, topic=OuterRef("pk"))
    rows = rows.annotate(has_draft=Exists(draft))
    return with_mine(rows, member).annotate(read_to=F("mine__last_number"), my_level=F("mine__level"))


def numbers_after(topic: Topic, number: int) -> list[int]:
    """Of the posts that stand after `number`, taken down or not."""
    rows = Post.objects.filter(topic=topic, number__gt=number).order_by("number")
    return list(rows.values_list("number", flat=True))


def post_page(number: int) -> int:
    """The page on which post `number` stands."""
    return (max(number, 1) - 1) // PER_PAGE + 1


def page_of(topic: Topic, member: Member | None, number: int, *, governs: bool) -> Page | None:
    """Page `number`, or None where there is none; posts, labels, blocks and reasons, whatever is on it.

    `governs`: the reader is an organiser or moderator here, and sees what was hidden.
    """
    last = post_page(topic.last_number)
    if not 1 <= number <= last:
        return None
    first, final = (number - 1) * PER_PAGE + 1, min(number * PER_PAGE, topic.last_number)
    reader = member.pk if member else None
    rows = {post.number: post for post in _posts(topic, first, final, reader)}
    yours = {number for number, post in rows.items() if governs or post.author_id == reader}
    posts = {
        number: post
        for number, post in rows.items()
        if post.deleted_at is None and (post.hidden_at is None or number in yours)
    }
    answerer = {topic.solved_by.author_id} if topic.solved_by else set()
    said = labels({post.author_id for post in posts.values()} | answerer, topic.category.group)
    reasons = _reasons([post.pk for post in posts.values() if post.hidden_at])
    read_to = getattr(topic, "read_to", None) or 0
    entries = []
    for each in range(first, final + 1):
        post = posts.get(each)
        if post is None:
            entries.append(_gone(each, rows.get(each), is_yours=each in yours))
            continue
        entries.append(
            Entry(
                number=each,
                post=post,
                label=said.get(post.author_id),
                is_new=0 < read_to < each,
                is_blocked=getattr(post, "is_blocked", False),
                why_hidden=reasons.get(post.pk, ""),
            )
        )
    return Page(number, last, entries, answer_of(topic, said))


def _posts(topic: Topic, first: int, final: int, reader: int | None) -> QuerySet[Post]:
    rows = Post.objects.filter(topic=topic, number__range=(first, final))
    rows = rows.annotate(is_blocked=_blocked_by(reader, "author")).select_related("author__avatar", "answers__author")
    return rows.order_by("number")


def _gone(number: int, post: Post | None, *, is_yours: bool) -> Entry:
    is_removed = post is not None and post.deleted_at is not None
    return Entry(number, is_removed=is_removed, removed=post if is_removed and is_yours else None)


def _blocked_by(reader: int | None, author: str) -> Exists:
    return Exists(Block.objects.filter(member=reader or 0, blocked=OuterRef(author)))


def _reasons(post_ids: list[int]) -> dict[int, str]:
    if not post_ids:
        return {}
    decisions = Decision.objects.filter(
        target_kind="post", target_id__in=post_ids, kind=Decision.Kind.HIDE, reversed_at=None
    )
    return dict(decisions.order_by("id").values_list("target_id", "reason"))
