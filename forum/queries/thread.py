"""One page of a topic. Pages are ranges of post numbers, so the thousandth costs what the first does."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from community.models import Member
from community.registry import Label
from forum.models import Act, Post, Topic, Whisper
from forum.queries.mine import Mine, Own, own_on
from forum.queries.polls import Stand
from forum.queries.reactions import Chip
from forum.queries.shared import Rows, page_rows
from forum.queries.solving import Answer, answer_of
from forum.queries.whispers import whispers_on

PER_PAGE = 20


@dataclass(slots=True)
class Entry:
    """One place in the thread, for one reader. `post` is None where something was taken down that they may not see.

    `is_removed`: its author took it down; `removed` is the post then, for those who may put it back.

    What they may do with it, and `drawn`, how it looks, are filled in by the view.
    """

    number: int
    post: Post | None = None
    is_removed: bool = False
    removed: Post | None = None
    label: Label | None = None
    is_new: bool = False
    is_blocked: bool = False
    is_kept: bool = False
    why_hidden: str = ""
    acts: tuple[Act, ...] = ()
    moved_to: Post | None = None
    moved_until: int = 0
    may_edit: bool = False
    may_remove: bool = False
    may_make_wiki: bool = False
    depth: int = 0
    has_context: bool = True
    chips: tuple[Chip, ...] = ()
    may_react: bool = False
    stand: Stand | None = None
    whispers: tuple[Whisper, ...] = ()
    drawn: str = ""

    @property
    def is_plain(self) -> bool:
        """A post, and nothing beside it."""
        return bool(self.post and not self.acts and not self.whispers)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries; `number` of `last`, both from 1."""

    number: int
    last: int
    entries: list[Entry] = field(default_factory=list)
    answer: Answer | None = None
    rows: Rows = field(default_factory=Rows)
    own: Own = field(default_factory=Own)

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
    """Topics the member may see, with place and author."""
    return Topic.objects.visible_to(member).select_related("category__group", "author")


def numbers_after(topic: Topic, number: int) -> list[int]:
    """Of the posts that stand after `number`, taken down or not."""
    rows = Post.objects.filter(topic=topic, number__gt=number).order_by("number")
    return list(rows.values_list("number", flat=True))


def post_page(number: int) -> int:
    """The page on which post `number` stands."""
    return (max(number, 1) - 1) // PER_PAGE + 1


def page_of(topic: Topic, member: Member | None, mine: Mine, number: int, *, governs: bool) -> Page | None:
    """Page `number`, or None where there is none; posts, labels, blocks and reasons, whatever is on it.

    `governs`: the reader is an organiser or moderator here, and sees what was hidden.
    """
    last = post_page(topic.last_number)
    if not 1 <= number <= last:
        return None
    first, final = (number - 1) * PER_PAGE + 1, min(number * PER_PAGE, topic.last_number)
    rows = page_rows(topic, mine.stamp, first, final)
    own = own_on(member, [post.pk for post in rows.posts.values()])
    entries = described(topic, member, rows, own, range(first, final + 1), read_to=mine.read_to, governs=governs)
    return Page(number, last, entries, answer_of(topic, rows.labels, own.blocked), rows, own)


def one_post(topic: Topic, member: Member | None, mine: Mine, number: int, *, governs: bool) -> Page:
    """A page with this post alone; as many queries as a page."""
    rows = page_rows(topic, mine.stamp, number, number)
    own = own_on(member, [post.pk for post in rows.posts.values()])
    entries = described(topic, member, rows, own, [number], read_to=mine.read_to, governs=governs)
    return Page(1, 1, entries, rows=rows, own=own)


def described(
    topic: Topic,
    member: Member | None,
    rows: Rows,
    own: Own,
    numbers: Iterable[int],
    *,
    read_to: int = 0,
    governs: bool,
) -> list[Entry]:
    """An entry for each number as this reader may see it; two queries at most, none where nobody whispers."""
    reader, wanted = member.pk if member else None, list(numbers)
    whispers = whispers_on(topic, member, wanted) if governs else {}
    found = []
    for number in wanted:
        post, here = rows.posts.get(number), whispers.get(number, ())
        is_yours = post is not None and (governs or post.author_id == reader)
        if post is None or post.deleted_at is not None or (post.hidden_at is not None and not is_yours):
            found.append(_gone(number, post, here, is_yours=is_yours))
            continue
        found.append(
            Entry(
                number=number,
                post=post,
                label=rows.labels.get(post.author_id),
                is_new=0 < read_to < number,
                is_blocked=post.author_id in own.blocked,
                is_kept=post.pk in own.kept,
                why_hidden=rows.reasons.get(post.pk, ""),
                depth=post.depth,
                whispers=here,
            )
        )
    return found


def _gone(number: int, post: Post | None, whispers: tuple[Whisper, ...], *, is_yours: bool) -> Entry:
    is_removed = post is not None and post.deleted_at is not None
    removed = post if is_removed and is_yours else None
    return Entry(number, is_removed=is_removed, removed=removed, whispers=whispers)
