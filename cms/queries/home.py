"""The front door: for a visitor a way to a group, for a member what comes next."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, F, QuerySet, When

from cms.models import NewsPage
from cms.queries import news, waiting
from community.models import Group, Member, Membership
from forum.queries import Line, newest, newest_unread
from meetups.models import Meetup
from meetups.queries import evenings

GROUPS = 3
EVENINGS = 4
TOPICS = 6
NEWS = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor meets; five queries, and one more for the words of the page."""

    groups: list[Group]
    topics: list[Line]
    coming: list[Meetup]
    news: list[NewsPage]


@dataclass(frozen=True, slots=True)
class Return:
    """What a member meets; at most nine queries."""

    evening: evenings.Evening | None
    places: list[Membership]
    unread: list[Line]
    topics: list[Line] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    news: list[NewsPage] = field(default_factory=list)
    open: list[waiting.Thing] = field(default_factory=list)


def lively(at: datetime) -> "QuerySet[Group]":
    """Groups that live here: those that meet soonest first, then the largest."""
    soon = Case(When(next_meetup_at__gte=at, then="next_meetup_at"))
    rows = Group.objects.alive().annotate(soon=soon)
    return rows.order_by(F("soon").asc(nulls_last=True), "-member_count", "pk")[:GROUPS]


def coming(at: datetime, but_for: list[Group]) -> "QuerySet[Meetup]":
    """The next evenings anywhere, but for groups that stand on the page already."""
    rows = evenings.shown(None).upcoming(at).exclude(group__in=[group.pk for group in but_for])
    return rows.order_by("starts_at", "pk")[:EVENINGS]


def visit(at: datetime) -> Visit:
    """For someone who is not signed in."""
    groups = list(lively(at))
    return Visit(
        groups=groups,
        topics=newest(None, limit=TOPICS, at=at),
        coming=list(coming(at, groups)),
        news=news.latest(NEWS),
    )


def welcome_back(member: Member, at: datetime) -> Return:
    """For a member: the next evening, then what is new; groups to join only while there are none."""
    places = list(Membership.objects.live().filter(member=member).select_related("group").order_by("joined_at"))
    unread = newest_unread(member, at=at, limit=TOPICS)
    return Return(
        evening=evenings.next_for(member, at),
        places=places,
        unread=unread,
        topics=[] if unread else newest(member, limit=TOPICS, at=at),
        groups=[] if places else list(lively(at)),
        news=news.latest(NEWS),
        open=waiting.things(member, places),
    )
