"""One page of a topic. Pages are ranges of post numbers, so the thousandth costs what the first does."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Exists, F, OuterRef, QuerySet

from community.models import Block, Member
from community.registry import Label, labels
from forum.models import Act, Bookmark, Draft, Post, Topic, Whisper
from forum.queries.levels import with_mine, with_reasons
from forum.queries.polls import Stand
from forum.queries.reactions import Chip
from forum.queries.solving import Answer, answer_of
from forum.queries.whispers import labelled, whispers_on
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
    depth: int = 0
    has_context: bool = True
    chips: list[Chip] = field(default_factory=list)
    may_react: bool = False
    stand: Stand | None = None
    whispers: tuple[Whisper, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries; `number` of `last`, both from 1."""

    number: int
    last: int
    entries: list[Entry] = field(default_factory=list)
    answer: Answer | None = None

    @property
    def read_to(self) -> int:
        """The highest post number on it: who was shown it has read so far."""
        return self.entries[-1].number if self.entries else 0

    @property
    def is_last(self) -> bool:
        """Nothing comes after it."""
        return self.number == self.last

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
    """Topics the member may see, with place, author, how far they have read (`read_to`, and follow it), `has_draft`."""
    rows = Topic.objects.visible_to(member).select_related("category__group", "author", "solved_by__author")
    rows = rows.annotate(has_acts=Exists(Act.objects.filter(topic=OuterRef("pk"))))
    rows = rows.annotate(answer_is_blocked=_blocked_by(member.pk if member else None, "solved_by__author"))
    draft = Draft.objects.filter(member=member.pk if member else 0, topic=OuterRef("pk"))
    rows = rows.annotate(has_draft=Exists(draft))
    return with_reasons(with_mine(rows, member), member).annotate(
        read_to=F("mine__last_number"), seconds=F("mine__seconds")
    )


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
    rows = with_authors(Post.objects.filter(topic=topic, number__range=(first, final)), member)
    entries, said = described(topic, member, rows.order_by("number"), range(first, final + 1), governs=governs)
    return Page(number, last, entries, answer_of(topic, said))


def described(
    topic: Topic, member: Member | None, found: Iterable[Post], numbers: Iterable[int], *, governs: bool
) -> tuple[list[Entry], dict[int, Label]]:
    """An entry for each number, with what must be said beside the post, and the labels; three queries at most."""
    reader, read_to = member.pk if member else None, getattr(topic, "read_to", None) or 0
    rows = {post.number: post for post in found}
    yours = {number for number, post in rows.items() if governs or post.author_id == reader}
    posts = {
        number: post
        for number, post in rows.items()
        if post.deleted_at is None and (post.hidden_at is None or number in yours)
    }
    answerer = {topic.solved_by.author_id} if topic.solved_by else set()
    wanted = list(numbers)
    whispers = whispers_on(topic, member, wanted) if governs else {}
    whisperers = {each.author_id for some in whispers.values() for each in some}
    said = labels({post.author_id for post in posts.values()} | answerer | whisperers, topic.category.group)
    reasons = _reasons([post.pk for post in posts.values() if post.hidden_at])
    entries = [
        Entry(
            number=number,
            post=post,
            label=said.get(post.author_id),
            is_new=0 < read_to < number,
            is_blocked=getattr(post, "is_blocked", False),
            why_hidden=reasons.get(post.pk, ""),
            depth=post.depth,
        )
        if (post := posts.get(number))
        else _gone(number, rows.get(number), is_yours=number in yours)
        for number in wanted
    ]
    return [replace(each, whispers=labelled(whispers.get(each.number, ()), said)) for each in entries], said


def with_authors(rows: QuerySet[Post], member: Member | None) -> QuerySet[Post]:
    """What a post shows besides itself: who wrote it, whether the reader blocks them, and what it answers."""
    rows = rows.annotate(is_blocked=_blocked_by(member.pk if member else None, "author"))
    if member is not None:
        rows = rows.annotate(is_kept=Exists(Bookmark.objects.filter(member=member, post=OuterRef("pk"))))
    return rows.select_related("author__avatar", "answers__author", "poll")


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
