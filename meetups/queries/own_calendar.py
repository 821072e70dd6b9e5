"""A member's own calendar: the evenings of their groups, and what they answered."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from community.models import Membership
from meetups.models import CalendarFeed, Meetup, Rsvp
from meetups.queries.calendars import AT_MOST, KEPT, Version, public_meetups

State = Rsvp.State


def live_feed(secret_hash: str, at: datetime) -> tuple[CalendarFeed, Version] | None:
    """A member's own calendar and its version, in one query; None where it was ended or the member has left."""
    rows = CalendarFeed.objects.filter(secret_hash=secret_hash, revoked_at=None, member__is_active=True)
    shown = _shown(OuterRef(OuterRef("member")), OuterRef(OuterRef("pk")), OuterRef("only_going"), at)
    answers = Rsvp.objects.filter(member=OuterRef("member"))
    feed = rows.select_related("member").annotate(evenings=_summed(shown), answers=_summed(answers)).first()
    if feed is None:
        return None
    evenings, answered = tuple(feed.evenings.values()), tuple(feed.answers.values())
    moments = [_moment(feed.evenings["at"]), _moment(feed.answers["at"]), feed.chosen_at]
    parts = (*evenings, *answered, feed.chosen_at, feed.member.time_zone)
    return feed, Version("My meetups", parts, max((each for each in moments if each), default=None))


def own_evenings(feed: CalendarFeed, at: datetime) -> list[tuple[Meetup, Rsvp | None]]:
    """What the calendar shows, with the member's answers; two queries."""
    shown = _shown(feed.member_id, feed.pk, Value(feed.only_going), at)
    rows = list(shown.select_related("group", "venue", "series").order_by("starts_at", "id")[:AT_MOST])
    answers = Rsvp.objects.filter(member=feed.member_id, meetup__ends_at__gt=at - KEPT)
    mine = {answer.meetup_id: answer for answer in answers}
    return [(meetup, mine.get(meetup.pk)) for meetup in rows]


def _shown(member: Any, feed: Any, only_going: Any, at: datetime) -> QuerySet[Meetup]:
    """Evenings of their groups but those left out, and all they answered but what they declined; or what they go to.

    The arguments are expressions: values, or references to the outer query.
    """
    answers = Rsvp.objects.filter(member=member)
    left_out = CalendarFeed.left_out.through.objects.filter(calendarfeed=feed).values("group")
    groups = Membership.objects.live().filter(member=member).values("group")
    going = Q(pk__in=answers.filter(state=State.GOING).values("meetup"))
    answered = Q(pk__in=answers.exclude(state=State.DECLINED).values("meetup"))
    declined = Q(pk__in=answers.filter(state=State.DECLINED).values("meetup"))
    of_groups = Q(group__in=groups) & ~Q(group__in=left_out)
    rows = public_meetups(at).alias(only_going=ExpressionWrapper(only_going, BooleanField()))
    return rows.filter(going | Q(only_going=False) & (of_groups | answered) & ~declined)


def _summed(rows: QuerySet[Any]) -> Subquery:
    """How many rows, which, and when the last one changed, over all of a subquery: Django's own would group them.

    One subquery for all of it: to say the same rows three times costs more than to find them.
    """
    over = JSONObject(
        count=Func(F("pk"), function="COUNT", output_field=BigIntegerField()),
        keys=Func(F("pk"), function="SUM", output_field=BigIntegerField()),
        at=Func(F("changed_at"), function="MAX", output_field=DateTimeField()),
    )
    return Subquery(rows.order_by().values(found=over))


def _moment(said: str | None) -> datetime | None:
    """A moment inside JSON, as either database writes it."""
    moment = parse_datetime(said) if said else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
