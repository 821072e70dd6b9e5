"""A rule becomes evenings."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import meetups, series
from meetups.actions.details import EndsBeforeStart, UnknownZone
from meetups.actions.series import NoDates, Usual
from meetups.models import Meetup, Series
from meetups.rhythm import Rule
from tests.factories.meetups import VenueFactory

RULE = Rule("weekday", date(2026, 12, 1), weekday=1, nth=2)
USUAL = Usual(title="Leeds IT evening", start_time=time(18, 30), duration=timedelta(hours=2), time_zone="Europe/London")


def test_twelve_evenings_at_half_past_six_in_leeds_all_year(group: Group, organiser: Member, at: datetime) -> None:
    place = VenueFactory(group=group)
    made = series.plan(actor=organiser, group=group, rule=RULE, usual=USUAL.at_venue(place), at=at)
    evenings = list(made.meetups.order_by("starts_at"))
    assert len(evenings) == 12
    assert {evening.local_start.time() for evening in evenings} == {time(18, 30)}
    assert {evening.starts_at.hour for evening in evenings} == {17, 18}  # summer time, winter time
    assert len({evening.uid for evening in evenings}) == 12
    assert {evening.venue for evening in evenings} == {place}
    group.refresh_from_db()
    assert group.next_meetup_at == datetime(2026, 12, 8, 18, 30, tzinfo=UTC)


def test_a_date_whose_hour_has_passed_is_not_made(group: Group, organiser: Member) -> None:
    at = datetime(2026, 12, 8, 19, 0, tzinfo=UTC)
    made = series.plan(actor=organiser, group=group, rule=RULE, usual=USUAL, at=at)
    days = list(made.meetups.order_by("occurs_on").values_list("occurs_on", flat=True))
    assert (days[0], len(days)) == (date(2027, 1, 12), 12)


def test_weekly_is_never_more_than_sixty(group: Group, organiser: Member, at: datetime) -> None:
    weekly = Rule("weekly", date(2026, 12, 1), weekday=3)
    assert series.plan(actor=organiser, group=group, rule=weekly, usual=USUAL, at=at).meetups.count() == 52


def test_rolling_on_makes_what_is_missing_once(group: Group, organiser: Member, at: datetime) -> None:
    made = series.plan(actor=organiser, group=group, rule=RULE, usual=USUAL, at=at)
    moved = made.meetups.order_by("starts_at").last()
    assert moved is not None
    Meetup.objects.filter(pk=moved.pk).update(
        starts_at=moved.starts_at + timedelta(days=1), ends_at=moved.ends_at + timedelta(days=1)
    )
    assert series.extend(at) == 0
    later = at + timedelta(days=45)
    assert series.extend(later) == 2
    assert series.extend(later) == 0
    days = list(made.meetups.order_by("occurs_on").values_list("occurs_on", flat=True))
    assert days[-2:] == [date(2027, 12, 14), date(2028, 1, 11)]
    assert len(days) == len(set(days)) == 14


def test_a_cancelled_date_is_not_made_again(group: Group, organiser: Member, at: datetime) -> None:
    made = series.plan(actor=organiser, group=group, rule=RULE, usual=USUAL, at=at)
    first = made.meetups.select_related("group").order_by("starts_at")[0]
    meetups.cancel(actor=organiser, meetup=first, why="", at=at)
    assert series.extend(at) == 0
    assert made.meetups.count() == 12


def test_a_series_with_an_end_stops_there(group: Group, organiser: Member, at: datetime) -> None:
    rule = Rule("weekday", date(2026, 12, 1), weekday=1, nth=2, ends_on=date(2027, 2, 9))
    made = series.plan(actor=organiser, group=group, rule=rule, usual=USUAL, at=at)
    assert made.meetups.count() == 2
    assert series.extend(at + timedelta(days=300)) == 0


@pytest.mark.parametrize(
    ("rule", "usual", "error"),
    [
        (Rule("day", date(2027, 2, 1), month_day=31, ends_on=date(2027, 3, 1)), USUAL, NoDates),
        (
            RULE,
            Usual(title="x", start_time=time(18), duration=timedelta(hours=1), time_zone="Mars/Crater"),
            UnknownZone,
        ),
        (RULE, Usual(title="x", start_time=time(18), duration=timedelta(), time_zone="UTC"), EndsBeforeStart),
    ],
)
def test_rules_that_cannot_be(group: Group, organiser: Member, at: datetime, rule, usual, error) -> None:
    with pytest.raises(error):
        series.plan(actor=organiser, group=group, rule=rule, usual=usual, at=at)
    assert not Series.objects.exists()


def test_only_organisers_plan(group: Group, joined: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        series.plan(actor=joined, group=group, rule=RULE, usual=USUAL, at=at)
    assert not Series.objects.exists()
