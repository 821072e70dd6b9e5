"""A series changed from one date on: identity, answers and rooms stay; each person hears of it once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import meetups, revisions, rsvps, series, standing
from meetups.actions.details import Details
from meetups.actions.revisions import NothingToCome
from meetups.actions.series import NoDates, Usual
from meetups.models import Meetup, Rsvp, Series
from meetups.rhythm import Rule
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.meetups import VenueFactory

RULE = Rule("weekday", date(2026, 12, 1), weekday=1, nth=2)
THIRD_THURSDAY = replace(RULE, weekday=3, nth=3)
USUAL = Usual(title="Leeds IT evening", start_time=time(18, 30), duration=timedelta(hours=2), time_zone="Europe/London")


@pytest.fixture
def year(group: Group, organiser: Member, at: datetime) -> Series:
    """Second Tuesdays, 18:30, from 8 December on."""
    return series.plan(actor=organiser, group=group, rule=RULE, usual=USUAL, at=at)


def evenings(made: Series) -> list[Meetup]:
    return list(made.meetups.order_by("starts_at"))


def answer(meetup: Meetup, at: datetime, **facts) -> Rsvp:
    return rsvps.answer(member=MemberFactory(**facts), meetup=meetup, state="going", at=at)


def amend(year: Series, actor: Member, at: datetime, rule: Rule = RULE, usual: Usual = USUAL, **facts) -> Series:
    return revisions.amend(actor=actor, series=year, rule=rule, usual=usual, at=at, **{"since": None} | facts)


def told(kind: str) -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind=f"meetups.{kind}").order_by("recipient", "pk")
    return list(rows.values_list("recipient", "title"))


def test_another_rhythm_moves_every_evening_within_its_month(year: Series, organiser: Member, at: datetime) -> None:
    before = {each.pk: (each.uid, each.local_start.month) for each in evenings(year)}
    going = answer(evenings(year)[0], at)
    assert amend(year, organiser, at, THIRD_THURSDAY) == year
    after = evenings(year)
    assert {each.pk: (each.uid, each.local_start.month) for each in after} == before
    assert [each.local_start.date() for each in after[:3]] == [date(2026, 12, 17), date(2027, 1, 21), date(2027, 2, 18)]
    assert {each.local_start.time() for each in after} == {time(18, 30)}  # on both sides of the change of clocks
    assert {each.starts_at.hour for each in after} == {17, 18}
    assert {each.sequence for each in after} == {1}
    assert [each.occurs_on for each in after] == [each.local_start.date() for each in after]
    assert after[0].rsvps.get() == going
    assert series.extend(at) == 0  # nothing is made beside them


def test_each_person_hears_of_it_once(year: Series, organiser: Member, at: datetime) -> None:
    first, second, third = evenings(year)[:3]
    ann = answer(first, at).member
    for meetup in (second, third):
        rsvps.answer(member=ann, meetup=meetup, state="going", at=at)
    ben = answer(third, at).member
    rsvps.answer(member=MemberFactory(), meetup=third, state="declined", at=at)
    amend(year, organiser, at, THIRD_THURSDAY)
    assert told("series") == [
        (ann.pk, "Moved: 3 dates of Leeds IT evening, next Thursday 17 December, 18:30"),
        (ben.pk, "Moved: 1 date of Leeds IT evening, next Thursday 18 February, 18:30"),
    ]
    assert told("changed") == []


def test_who_has_a_mailed_invitation_gets_each_event_by_itself(year: Series, organiser: Member, at: datetime) -> None:
    first, second = evenings(year)[:2]
    ann = answer(first, at).member
    rsvps.answer(member=ann, meetup=second, state="going", at=at)
    first.invitations.create(member=ann, sent_at=at)
    amend(year, organiser, at, THIRD_THURSDAY)
    assert told("changed") == [(ann.pk, "Moved: Leeds IT evening is now Thursday 17 December, 18:30")]
    assert told("series") == [(ann.pk, "Moved: 1 date of Leeds IT evening, next Thursday 21 January, 18:30")]


def test_this_and_following_makes_two_series_of_it(year: Series, organiser: Member, at: datetime) -> None:
    member = answer(evenings(year)[0], at).member
    standing.begin(member=member, series=year, at=at)
    cut = evenings(year)[3]
    rest = amend(year, organiser, at, THIRD_THURSDAY, since=cut.occurs_on)
    year.refresh_from_db()
    assert rest != year
    assert (year.ends_on, year.nth, rest.nth, rest.starts_on) == (cut.occurs_on, 2, 3, date(2027, 3, 18))
    assert [each.local_start.date() for each in evenings(year)] == [
        date(2026, 12, 8),
        date(2027, 1, 12),
        date(2027, 2, 9),
    ]
    assert evenings(rest)[0] == cut
    assert rest.standing_rsvps.get().member == member
    assert series.extend(at) == 0
    assert all(each.rsvps.filter(member=member, state="going").exists() for each in evenings(rest))


def test_from_the_first_date_on_is_the_whole(year: Series, organiser: Member, at: datetime) -> None:
    first = evenings(year)[0]
    assert amend(year, organiser, at, usual=replace(USUAL, title="New"), since=first.occurs_on) == year
    assert {each.title for each in evenings(year)} == {"New"}


def by_hand(meetup: Meetup, organiser: Member, at: datetime, **facts) -> None:
    names = ("title", "starts_at", "ends_at", "time_zone", "venue", "about", "capacity", "guests_allowed")
    said = {name: getattr(meetup, name) for name in names} | facts
    meetups.amend(actor=organiser, meetup=meetup, details=Details(**said), at=at)


@pytest.mark.parametrize(
    ("keep_own", "title", "clock"), [(True, "Christmas", time(19, 0)), (False, "Leeds evening", time(19, 0))]
)
def test_what_was_changed_by_hand_is_asked_about(
    year: Series, organiser: Member, at: datetime, keep_own: bool, title: str, clock: time
) -> None:
    by_hand(evenings(year)[0], organiser, at, title="Christmas")
    usual = replace(USUAL, title="Leeds evening", start_time=time(19, 0))
    found = revisions.plan(year, RULE, usual, since=None, at=at)
    assert [(each.meetup, each.own) for each in found.own] == [(evenings(year)[0], ("its name",))]
    amend(year, organiser, at, usual=usual, keep_own=keep_own)
    first, second = evenings(year)[:2]
    assert (first.title, first.local_start.time()) == (title, clock)  # only what was touched is its own
    assert second.title == "Leeds evening"


def test_a_date_moved_by_hand_stays_where_it_was_put(year: Series, organiser: Member, at: datetime) -> None:
    moved = evenings(year)[1]
    new = datetime(2027, 1, 14, 19, tzinfo=UTC)
    by_hand(moved, organiser, at, starts_at=new, ends_at=new + timedelta(hours=1))
    amend(year, organiser, at, THIRD_THURSDAY)
    moved.refresh_from_db()
    assert (moved.starts_at, moved.occurs_on) == (new, date(2027, 1, 21))
    assert series.extend(at) == 0


def test_a_rhythm_with_fewer_dates_calls_the_others_off(group: Group, organiser: Member, at: datetime) -> None:
    weekly = series.plan(
        actor=organiser, group=group, rule=Rule("weekly", date(2026, 12, 1), weekday=1), usual=USUAL, at=at
    )
    loser, keeper = evenings(weekly)[0], evenings(weekly)[1]  # 8 December is the second Tuesday
    gone = answer(loser, at).member
    amend(weekly, organiser, at, RULE)
    loser.refresh_from_db()
    keeper.refresh_from_db()
    assert (loser.state, loser.cancelled_why) == ("cancelled", "The rhythm is another now, and has no such date.")
    assert (keeper.state, keeper.sequence, keeper.local_start.date()) == ("published", 0, date(2026, 12, 8))
    assert told("series_cancelled") == [
        (gone.pk, "Cancelled: 1 date of Leeds IT evening, from Tuesday 1 December, 18:30")
    ]
    assert weekly.meetups.filter(state="published").count() == 12


def test_a_rhythm_with_more_dates_makes_them(year: Series, organiser: Member, at: datetime) -> None:
    found = revisions.plan(year, replace(RULE, rhythm="weekly", nth=None), USUAL, since=None, at=at)
    assert (len(found.changes), len(found.called_off)) == (12, 0)
    assert len(found.new_days) == 40
    amend(year, organiser, at, replace(RULE, rhythm="weekly", nth=None))
    assert year.meetups.count() == 52
    assert series.extend(at) == 0


def test_a_date_called_off_by_hand_does_not_come_back(year: Series, organiser: Member, at: datetime) -> None:
    january = evenings(year)[1]
    meetups.cancel(actor=organiser, meetup=january, why="Snow", at=at)
    amend(year, organiser, at, THIRD_THURSDAY)
    january.refresh_from_db()
    assert (january.state, january.sequence, january.local_start.date()) == ("cancelled", 1, date(2027, 1, 12))
    assert series.extend(at) == 0
    assert [each.local_start.month for each in evenings(year)].count(1) == 1


def test_a_month_whose_new_date_has_passed_keeps_its_old_one(year: Series, organiser: Member, at: datetime) -> None:
    found = revisions.plan(year, replace(RULE, weekday=0, nth=1), USUAL, since=None, at=at + timedelta(days=6, hours=4))
    assert [change.day for change in found.changes[:2]] == [date(2026, 12, 8), date(2027, 1, 4)]


def test_more_seats_for_all_let_those_waiting_in(year: Series, organiser: Member, at: datetime) -> None:
    amend(year, organiser, at, usual=replace(USUAL, capacity=1))
    first = evenings(year)[0]
    answer(first, at)
    waiting = answer(first, at)
    assert waiting.state == "waitlisted"
    place = VenueFactory(group=year.group)
    amend(year, organiser, at, usual=replace(USUAL, capacity=2, venue=place))
    waiting.refresh_from_db()
    assert waiting.state == "going"
    assert {each.venue for each in evenings(year)} == {place}


def test_calling_off_what_follows(year: Series, organiser: Member, at: datetime) -> None:
    cut = evenings(year)[2]
    member = answer(cut, at).member
    rsvps.answer(member=member, meetup=evenings(year)[5], state="going", at=at)
    assert revisions.cancel(actor=organiser, series=year, since=cut.occurs_on, why="We move away", at=at) == 10
    assert revisions.cancel(actor=organiser, series=year, since=cut.occurs_on, why="Again", at=at) == 0
    assert [each.state for each in evenings(year)] == ["published"] * 2 + ["cancelled"] * 10
    assert told("series_cancelled") == [
        (member.pk, "Cancelled: 2 dates of Leeds IT evening, from Tuesday 9 February, 18:30")
    ]
    assert series.extend(at + timedelta(days=100)) == 0


def test_only_organisers_and_only_what_can_be(year: Series, organiser: Member, member: Member, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        amend(year, member, at)
    with pytest.raises(NotAllowed):
        revisions.cancel(actor=member, series=year, since=None, why="", at=at)
    with pytest.raises(NoDates):
        amend(year, organiser, at, Rule("day", RULE.starts_on, interval=12, month_day=31, ends_on=date(2026, 12, 2)))
    with pytest.raises(NothingToCome):
        amend(year, organiser, at + timedelta(days=800))
    assert {each.sequence for each in evenings(year)} == {0}
