"""Coming every time: a fair place on each date, one notice, each date by itself."""

from datetime import date, datetime, timedelta

import pytest

from community.actions import memberships
from community.models import Group, Member, Membership, Sanction
from community.verdicts import NotAllowed
from meetups.actions import departures, rsvps, series, standing
from meetups.exports import standing as exported
from meetups.models import Rsvp, Series, StandingRsvp
from meetups.queries import counts
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory, SeriesFactory

State = Rsvp.State


@pytest.fixture
def rhythm(group: Group) -> Series:
    """Second Tuesdays from 8 December, two seats each; three dates are made, the second is full."""
    made = SeriesFactory(group=group, capacity=2)
    days = [date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)]
    for day in days:
        moment = datetime.fromisoformat(f"{day}T18:30+00:00")
        MeetupFactory(group=group, series=made, occurs_on=day, starts_at=moment, capacity=2)
    return made


def answers(member: Member) -> list[str]:
    return list(member.rsvps.order_by("meetup__starts_at").values_list("state", flat=True))


def test_one_press_takes_a_place_on_every_date_and_tells_once(
    rhythm: Series, organiser: Member, member: Member, at: datetime
) -> None:
    january = rhythm.meetups.order_by("starts_at")[1]
    for _ in range(2):
        rsvps.answer(member=MemberFactory(), meetup=january, state=State.GOING, at=at)
    Notice.objects.all().delete()
    given = standing.begin(member=member, series=rhythm, at=at)
    assert standing.begin(member=member, series=rhythm, at=at) == []
    assert answers(member) == ["going", "waitlisted", "going"]
    assert all(rsvp.by_standing for rsvp in given)
    assert Membership.objects.live().filter(member=member, group=rhythm.group).exists()
    told = (
        Notice.objects.filter(kind__startswith="meetups.").order_by("pk").values_list("recipient", "title", "excerpt")
    )
    first = "You are put down for 3 dates of Leeds IT evening, first Tuesday 8 December, 18:30"
    assert list(told) == [
        (member.pk, first, "On 1 date you wait for a seat. Say no to any of them on its own page."),
        (organiser.pk, f"{member.shown_name} comes to Leeds IT evening every time", "Put down for 3 dates"),
    ]
    for meetup in rhythm.meetups.all():
        assert counts.kept(meetup) == counts.counted(meetup.pk)


def test_what_one_said_of_a_date_stays_said(rhythm: Series, member: Member, at: datetime) -> None:
    first, second, _ = rhythm.meetups.order_by("starts_at")
    rsvps.answer(member=member, meetup=first, state=State.DECLINED, at=at)
    standing.begin(member=member, series=rhythm, at=at)
    assert answers(member) == ["declined", "going", "going"]
    rsvps.answer(member=member, meetup=second, state=State.DECLINED, at=at)
    assert series.extend(at) > 0  # rolls on, and puts nobody down again
    assert answers(member)[:3] == ["declined", "declined", "going"]


def test_new_dates_seat_them_in_the_order_in_which_they_said_so(rhythm: Series, at: datetime) -> None:
    people = [MembershipFactory(group=rhythm.group).member for _ in range(3)]
    for number, member in enumerate(people):
        standing.begin(member=member, series=rhythm, at=at + timedelta(minutes=number))
    before = Notice.objects.count()
    series.extend(at + timedelta(hours=1))
    newest = rhythm.meetups.order_by("-starts_at")[0]
    assert newest.starts_at > datetime.fromisoformat("2027-10-01T00:00+00:00")
    assert [rsvp.state for member in people for rsvp in newest.rsvps.filter(member=member)] == [
        "going",
        "going",
        "waitlisted",
    ]
    assert Notice.objects.count() == before


def test_no_longer_gives_up_what_it_gave_and_others_move_up(rhythm: Series, at: datetime) -> None:
    stays, waits = MembershipFactory(group=rhythm.group).member, MembershipFactory(group=rhythm.group).member
    first = rhythm.meetups.order_by("starts_at")[0]
    rsvps.answer(member=MemberFactory(), meetup=first, state=State.GOING, at=at)
    standing.begin(member=stays, series=rhythm, at=at)
    second = rhythm.meetups.order_by("starts_at")[1]
    for state in (State.MAYBE, State.GOING):  # said by themselves
        rsvps.answer(member=stays, meetup=second, state=state, at=at)
    rsvps.answer(member=waits, meetup=first, state=State.GOING, at=at)
    assert standing.end(member=stays, series=rhythm, at=at) == 2
    assert standing.end(member=stays, series=rhythm, at=at) == 0
    assert answers(stays) == ["declined", "going", "declined"]
    assert answers(waits) == ["going"]


def test_past_dates_stay_as_they_were(rhythm: Series, member: Member, at: datetime) -> None:
    standing.begin(member=member, series=rhythm, at=at)
    standing.end(member=member, series=rhythm, at=at + timedelta(days=8))
    assert answers(member) == ["going", "declined", "declined"]


def test_leaving_the_group_ends_it(rhythm: Series, at: datetime) -> None:
    leaver = MembershipFactory(group=rhythm.group).member
    elsewhere = SeriesFactory()
    standing.begin(member=leaver, series=rhythm, at=at)
    standing.begin(member=leaver, series=elsewhere, at=at)
    memberships.leave(member=leaver, group=rhythm.group, at=at)
    assert answers(leaver) == ["declined"] * 3
    assert list(StandingRsvp.objects.values_list("series", flat=True)) == [elsewhere.pk]
    assert [row["series"] for row in exported(leaver)] == [elsewhere.title]
    departures.departed(member=leaver, at=at)
    assert not StandingRsvp.objects.exists()


def test_suspended_and_ended_are_refused(rhythm: Series, member: Member, at: datetime) -> None:
    Sanction.objects.create(
        member=member, group=rhythm.group, kind=Sanction.Kind.SUSPEND, reason="Shouting", starts_at=at
    )
    with pytest.raises(NotAllowed, match="Shouting"):
        standing.begin(member=member, series=rhythm, at=at)
    rhythm.ends_on = at.date()
    with pytest.raises(NotAllowed, match="has ended"):
        standing.begin(member=MemberFactory(), series=rhythm, at=at)
    assert not StandingRsvp.objects.exists()
