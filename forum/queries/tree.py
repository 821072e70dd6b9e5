"""A topic as a tree: each post below the one it answers, read along its paths by key."""

from dataclasses import dataclass, field, replace

from community.models import Member
from forum.models import Post, Topic
from forum.models.post import PATH_LENGTH
from forum.queries.mine import Mine, Own, own_on
from forum.queries.shared import Rows, rows_of, with_authors
from forum.queries.solving import Answer, answer_of
from forum.queries.thread import PER_PAGE, Entry, described


@dataclass(frozen=True, slots=True)
class Tree:
    """A stretch of the tree; `earlier` and `later` are the paths where its neighbours begin, None at the ends."""

    entries: list[Entry] = field(default_factory=list)
    answer: Answer | None = None
    earlier: str | None = None
    later: str | None = None
    read_to: int = 0
    """The highest number up to which nothing is unread once this stretch was seen."""
    rows: Rows = field(default_factory=Rows)
    own: Own = field(default_factory=Own)

    @property
    def is_last(self) -> bool:
        """Nothing comes after it."""
        return self.later is None


def tree_of(topic: Topic, member: Member | None, mine: Mine, start: str, *, governs: bool) -> Tree:
    """The stretch that begins at the path `start` ("" is the beginning); five queries at most, wherever it is."""
    start = start if start.isascii() and start.isdigit() and len(start) <= PATH_LENGTH else ""
    rows = Post.objects.filter(topic=topic)
    found = list(with_authors(rows.filter(path__gte=start)).order_by("path")[: PER_PAGE + 1])
    shown, later = found[:PER_PAGE], found[PER_PAGE].path if len(found) > PER_PAGE else None
    here, own = rows_of(topic, shown), own_on(member, [post.pk for post in shown])
    numbers = [post.number for post in shown]
    entries = described(topic, member, here, own, numbers, read_to=mine.read_to, governs=governs)
    before = rows.filter(path__lt=start).order_by("-path").values_list("path", flat=True)[:PER_PAGE] if start else ()
    earlier = list(before)
    return Tree(
        entries=_with_context(entries),
        answer=answer_of(topic, here.labels, own.blocked),
        earlier=("" if len(earlier) < PER_PAGE else earlier[-1]) if earlier else None,
        later=later,
        read_to=_read_to(topic, mine.read_to, set(numbers)),
        rows=here,
        own=own,
    )


def path_of(topic: Topic, number: int) -> str:
    """Where post `number` stands, "" where there is none; one query."""
    return Post.objects.filter(topic=topic, number=number).values_list("path", flat=True).first() or ""


def _with_context(entries: list[Entry]) -> list[Entry]:
    """Only where the post above is not on this stretch it must be said what is answered."""
    here = {entry.number for entry in entries}
    return [
        replace(entry, has_context=entry.post.answers.number not in here)
        if entry.post and entry.post.answers
        else entry
        for entry in entries
    ]


def _read_to(topic: Topic, mark: int, shown: set[int]) -> int:
    """Up to the first post after the mark that does not stand here."""
    unseen = Post.objects.filter(topic=topic, number__gt=mark).exclude(number__in=shown)
    first = unseen.order_by("number").values_list("number", flat=True).first() if mark < topic.last_number else None
    return topic.last_number if first is None else first - 1
