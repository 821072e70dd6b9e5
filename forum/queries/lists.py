"""Lists of topics, newest talk first, with what is unread; each list is one query."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.urls import reverse

from community.models import Group, Member
from forum.models import Category, Reading, Topic

NEW_FOR = timedelta(days=14)
"""For how long a topic nobody showed you yet counts as new."""
PAGE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MOMENT = 4_102_444_800_000_000
"""In microseconds: a cursor made up by hand stays within what a date can hold."""
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """One topic in a list as this reader meets it. `unread` counts posts after the last one read."""

    topic: Topic
    is_new: bool = False
    unread: int = 0
    is_muted: bool = False

    @property
    def url(self) -> str:
        """The topic, or the first post not read yet."""
        if not self.unread:
            return self.topic.get_absolute_url()
        first = self.topic.last_number - self.unread + 1
        return reverse("forum:post", args=[self.topic.pk, self.topic.slug or "-", first])

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
    before: str = "",
    limit: int = PAGE,
    with_pinned: bool = False,
) -> Lines:
    """A page of the topics the member may see: of the site, of one category (pinned ones apart), or of a group."""
    rows = _with_reading(Topic.objects.visible_to(member), member)
    if category is not None:
        rows = rows.filter(category=category)
        rows = rows if with_pinned else rows.filter(is_pinned=False)
    if group is not None:
        rows = rows.filter(category__group=group)
    rows = _after(rows, before).order_by("-last_posted_at", "-id")
    found = list(rows[: limit + 1])
    shown = found[:limit]
    older = cursor_of(shown[-1]) if len(found) > limit else ""
    return Lines([_line(topic, member, at) for topic in shown], older)


def pinned(member: Member | None, category: Category, *, at: datetime) -> list[Line]:
    """What the moderators of a category keep on top."""
    rows = _with_reading(Topic.objects.visible_to(member).filter(category=category, is_pinned=True), member)
    return [_line(topic, member, at) for topic in rows.order_by("-last_posted_at", "-id")[:10]]


def latest(member: Member | None, *, limit: int, at: datetime, group: Group | None = None) -> list[Line]:
    """The newest talk, of the whole site or of one group; one query."""
    return lines(member, at=at, group=group, limit=limit).lines


def unread_of(member: Member, *, at: datetime, limit: int = 20, group: Group | None = None) -> list[Line]:
    """Topics with posts the member has not read, and new topics never opened; muted ones left out; one query."""
    rows = _with_reading(Topic.objects.visible_to(member), member).filter(unread(member, at))
    if group is not None:
        rows = rows.filter(category__group=group)
    return [_line(topic, member, at) for topic in rows.order_by("-last_posted_at", "-id")[:limit]]


def unread(member: Member, at: datetime) -> Q:
    """What counts as unread, over rows joined with the member's `mine` reading."""
    heard = [Reading.Level.NORMAL, Reading.Level.TRACKING, Reading.Level.WATCHING]
    begun = Q(mine__last_number__gt=0, last_number__gt=F("mine__last_number"), mine__level__in=heard)
    unopened = Q(mine__isnull=True) | Q(mine__last_number=0, mine__level__in=heard)
    return begun | (unopened & Q(created_at__gt=new_since(member, at)))


def new_since(member: Member, at: datetime) -> datetime:
    """Topics begun after this moment count as new for the member."""
    return max(at - NEW_FOR, member.joined_at)


def with_mine(rows: QuerySet[Topic], member: Member | None) -> QuerySet[Topic]:
    """Join the member's own reading row as `mine`."""
    return rows.annotate(
        mine=FilteredRelation("readings", condition=Q(readings__member=member.pk if member and member.pk else 0))
    )


def cursor_of(topic: Topic) -> str:
    """Where the next page begins: never a number of rows to skip."""
    return f"{(topic.last_posted_at - EPOCH) // timedelta(microseconds=1)}-{topic.pk}"


def _with_reading(rows: QuerySet[Topic], member: Member | None) -> QuerySet[Topic]:
    rows = rows.select_related("category__group", "author", "last_author")
    if member is None or not member.pk:
        return rows
    return with_mine(rows, member).annotate(read_to=F("mine__last_number"), my_level=F("mine__level"))


def _after(rows: QuerySet[Topic], before: str) -> QuerySet[Topic]:
    moment, _, number = before.rpartition("-")
    if not (moment.isascii() and moment.isdigit() and number.isascii() and number.isdigit() and len(before) < 40):  # noqa: PLR2004
        return rows
    edge, pk = EPOCH + timedelta(microseconds=min(int(moment), LAST_MOMENT)), min(int(number), LARGEST_KEY)
    return rows.filter(Q(last_posted_at__lt=edge) | Q(last_posted_at=edge, pk__lt=pk))


def _line(topic: Topic, member: Member | None, at: datetime) -> Line:
    if member is None or not member.pk:
        return Line(topic)
    read_to, level = getattr(topic, "read_to", None), getattr(topic, "my_level", None)
    if level == Reading.Level.MUTED:
        return Line(topic, is_muted=True)
    if not read_to:
        return Line(topic, is_new=topic.created_at > new_since(member, at))
    return Line(topic, unread=max(topic.last_number - read_to, 0))
