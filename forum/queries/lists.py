"""Lists of topics with what is unread; a page of a list is one query, and goes on by key, not by a number of rows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import BooleanField, Case, F, Q, QuerySet, TextChoices, When
from django.urls import reverse

from community.models import Group, Member
from forum.models import Category, Post, Reading, Tag, Tally, Topic
from forum.models.tally import first_day
from forum.queries import written
from forum.queries.levels import COUNTED, with_mine
from forum.queries.unread import is_new, is_unread, since, with_unread
from live.changes import EVERYTHING
from live.kept import Kept

PAGE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MOMENT = 4_102_444_800_000_000
"""In microseconds: a cursor made up by hand stays within what a date can hold."""
LARGEST_KEY = 2**63 - 1
LARGEST_TALLY = 2**31 - 1


class View(TextChoices):
    """Which topics, and in which order: the busiest first in `top`, the latest talk first everywhere else."""

    LATEST = "latest", "Latest"
    NEW = "new", "New"
    UNREAD = "unread", "Unread"
    TOP = "top", "Top"
    UNANSWERED = "unanswered", "Unanswered"
    MINE = "mine", "Mine"


_any_pinned: Kept[bool] = Kept()


@dataclass(frozen=True, slots=True)
class Line:
    """One topic in a list as this reader meets it. `unread` counts posts that can be seen after `read_to`.

    `is_counted`: the reader follows it, so these posts are in their counts; otherwise they are said quietly.
    """

    topic: Topic
    is_new: bool = False
    unread: int = 0
    is_muted: bool = False
    is_counted: bool = False
    read_to: int = 0

    @property
    def url(self) -> str:
        """The topic, or the first post not read yet."""
        if not self.unread:
            return self.topic.get_absolute_url()
        return reverse("forum:post", args=[self.topic.pk, self.topic.slug or "-", self.read_to + 1])

    @property
    def look(self) -> tuple[object, ...]:
        """All that a line shows: whoever is shown the same line is shown what was drawn of it before."""
        topic, place = self.topic, self.topic.category
        marks = self.is_new, self.unread, self.is_muted, self.is_counted, self.read_to if self.unread else 0
        states = topic.solved_by_id, topic.is_pinned or topic.is_pinned_everywhere, topic.closed_at, topic.archived_at
        where = place.slug, place.colour, place.name, place.group.name if place.group else ""
        names = topic.author.shown_name, topic.last_author.shown_name
        text = topic.pk, topic.slug, topic.title, topic.tag_line, topic.post_count, topic.last_posted_at
        return marks, states, topic.hidden_at, where, names, text

    @property
    def reply_count(self) -> int:
        """Posts after the first."""
        return max(self.topic.post_count - 1, 0)


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of a list; `older` is the cursor of the next page, or ""."""

    lines: list[Line]
    older: str = ""


def lines(
    member: Member | None,
    *,
    at: datetime,
    category: Category | None = None,
    group: Group | None = None,
    tag: Tag | None = None,
    before: str = "",
    limit: int = PAGE,
    with_pinned: bool = False,
    view: View = View.LATEST,
    span: Tally.Span = Tally.Span.WEEK,
) -> Lines:
    """A page of the topics the member may see: of the site, of one category (pinned ones apart), a group or a tag."""
    asked = written.Asked(member, since(member, at), group, category)

    def build(asked: written.Asked) -> QuerySet[Topic]:
        rows = _with_reading(Topic.objects.visible_to(asked.reader), asked.reader, asked.since)
        rows = _narrowed(rows, view, asked.reader, asked.since)
        if asked.category is not None:
            rows = rows.filter(category=asked.category)
            rows = rows if with_pinned else rows.filter(is_pinned=False)
        if asked.group is not None:
            rows = rows.filter(category__group=asked.group)
        if tag is not None:
            rows = rows.filter(taggings__tag=tag)
        rows = _by_tally(rows, span, at, before) if view == View.TOP else _by_moment(rows, before)
        return rows[: limit + 1]

    if tag or before or view == View.TOP:
        found = list(build(asked))
    else:
        found = written.ask(("lines", view, limit, with_pinned), build, asked)
    shown = found[:limit]
    older = cursor_of(shown[-1]) if len(found) > limit else ""
    return Lines([_line(topic) for topic in shown], older)


def pinned(member: Member | None, category: Category, *, at: datetime) -> list[Line]:
    """What the moderators of a category keep on top."""
    rows = _with_reading(
        Topic.objects.visible_to(member).filter(category=category, is_pinned=True), member, since(member, at)
    )
    return [_line(topic) for topic in rows.order_by("-last_posted_at", "-id")[:10]]


def pinned_everywhere(member: Member | None, *, at: datetime) -> list[Line]:
    """What those who moderate the site keep on top of the forum; two queries, one where there is nothing."""
    if not _any_pinned.get("", (EVERYTHING, "forum"), Topic.objects.filter(is_pinned_everywhere=True).exists):
        return []

    def build(asked: written.Asked) -> QuerySet[Topic]:
        rows = Topic.objects.visible_to(asked.reader).filter(is_pinned_everywhere=True)
        return _with_reading(rows, asked.reader, asked.since).order_by("-last_posted_at", "-id")[:3]

    asked = written.Asked(member, since(member, at))
    return [_line(topic) for topic in written.ask("pinned everywhere", build, asked)]


def latest(member: Member | None, *, limit: int, at: datetime, group: Group | None = None) -> list[Line]:
    """The newest talk, of the whole site or of one group; one query."""
    return lines(member, at=at, group=group, limit=limit).lines


def unread_of(member: Member, *, at: datetime, limit: int = 20, group: Group | None = None) -> list[Line]:
    """Topics with posts the member has not read, and new topics never opened; muted ones left out; one query."""

    def build(asked: written.Asked) -> QuerySet[Topic]:
        assert asked.reader is not None  # noqa: S101  (for the type checker)
        rows = _with_reading(Topic.objects.visible_to(asked.reader), asked.reader, asked.since)
        rows = rows.filter(is_unread() | is_new(asked.reader, asked.since))
        if asked.group is not None:
            rows = rows.filter(category__group=asked.group)
        return rows.order_by("-last_posted_at", "-id")[:limit]

    asked = written.Asked(member, since(member, at), group)
    return [_line(topic) for topic in written.ask(("unread of", limit), build, asked)]


def cursor_of(topic: Topic) -> str:
    """Where the next page begins: never a number of rows to skip."""
    tally = getattr(topic, "tally", None)
    return f"{tally or (topic.last_posted_at - EPOCH) // timedelta(microseconds=1)}-{topic.pk}"


def _narrowed(rows: QuerySet[Topic], view: View, member: Member | None, after: datetime) -> QuerySet[Topic]:
    if view == View.UNANSWERED:
        return rows.filter(post_count=1, closed_at=None)
    if member is None or not member.pk:
        return rows
    if view == View.NEW:
        return rows.filter(is_new(member, after))
    if view == View.UNREAD:
        return rows.filter(is_unread())
    if view == View.MINE:
        return rows.filter(pk__in=Post.objects.filter(author=member, deleted_at=None).values("topic"))
    return rows


def _with_reading(rows: QuerySet[Topic], member: Member | None, after: datetime) -> QuerySet[Topic]:
    rows = rows.select_related("category__group", "author", "last_author")
    if member is None or not member.pk:
        return rows
    is_fresh = Case(When(is_new(member, after), then=True), default=False, output_field=BooleanField())
    return with_unread(with_mine(rows, member)).annotate(read_to=F("mine__last_number"), is_fresh=is_fresh)


def _by_moment(rows: QuerySet[Topic], before: str) -> QuerySet[Topic]:
    if found := _cursor(before):
        edge = EPOCH + timedelta(microseconds=min(found[0], LAST_MOMENT))
        rows = rows.filter(Q(last_posted_at__lt=edge) | Q(last_posted_at=edge, pk__lt=found[1]))
    return rows.order_by("-last_posted_at", "-id")


def _by_tally(rows: QuerySet[Topic], span: Tally.Span, at: datetime, before: str) -> QuerySet[Topic]:
    rows = rows.filter(tallies__span=span, tallies__starts_on=first_day(span, at), tallies__posts__gt=0)
    rows = rows.annotate(tally=F("tallies__posts"))
    if found := _cursor(before):
        edge = min(found[0], LARGEST_TALLY)
        rows = rows.filter(Q(tally__lt=edge) | Q(tally=edge, pk__lt=found[1]))
    return rows.order_by("-tally", "-id")


def _cursor(before: str) -> tuple[int, int] | None:
    moment, _, number = before.rpartition("-")
    if not (moment.isascii() and moment.isdigit() and number.isascii() and number.isdigit() and len(before) < 40):  # noqa: PLR2004
        return None
    return int(moment), min(int(number), LARGEST_KEY)


def _line(topic: Topic) -> Line:
    level = getattr(topic, "my_level", None)
    if level is None:
        return Line(topic)
    mark, is_counted = getattr(topic, "read_to", None), level in COUNTED
    is_begun = bool(mark) or (mark == 0 and is_counted)
    unread = getattr(topic, "unread_posts", 0) if is_begun and level != Reading.Level.MUTED else 0
    return Line(
        topic,
        is_new=getattr(topic, "is_fresh", False),
        unread=unread,
        is_muted=level == Reading.Level.MUTED,
        is_counted=is_counted,
        read_to=mark or 0,
    )
