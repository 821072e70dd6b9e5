"""In the room and online: two kinds of seats, two queues, and the way between them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community.models import Group, Member
from meetups.actions import meetups, promotions, rsvps
from meetups.actions.details import Details, StillOnline
from meetups.actions.rsvps import NoSeatThere
from meetups.models import Meetup, Rsvp
from meetups.queries import counts, queue
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory

State = Rsvp.State
Say = Callable[..., Rsvp]


@pytest.fixture
def meetup(group: Group, at: datetime) -> Meetup:
    """One seat in the room, two online, two days ahead."""
    return MeetupFactory(
        group=group, starts_at=at + timedelta(days=2), is_hybrid=True, capacity=1, online_capacity=2, guests_allowed=1
    )


@pytest.fixture
def say(meetup: Meetup, at: datetime) -> Say:
    people: dict[str, Member] = {}

    def answer(name: str, state: str = State.GOING, **facts) -> Rsvp:
        people.setdefault(name, MemberFactory(display_name=name))
        return rsvps.answer(member=people[name], meetup=meetup, state=state, **{"at": at} | facts)

    return answer


def states(meetup: Meetup) -> dict[str, tuple[str, bool]]:
    rows = meetup.rsvps.select_related("member")
    return {rsvp.member.display_name: (rsvp.state, rsvp.is_online) for rsvp in rows}


def true(meetup: Meetup) -> bool:
    meetup.refresh_from_db()
    return counts.kept(meetup) == counts.counted(meetup.pk)


def test_each_side_fills_and_queues_by_itself(meetup: Meetup, say: Say) -> None:
    say("Ann")
    say("Ben")
    say("Cat", online=True)
    say("Dan", online=True)
    say("Eve", online=True)
    assert states(meetup) == {
        "Ann": ("going", False),
        "Ben": ("waitlisted", False),
        "Cat": ("going", True),
        "Dan": ("going", True),
        "Eve": ("waitlisted", True),
    }
    say("Cat", State.DECLINED)
    assert (states(meetup)["Eve"], states(meetup)["Ben"]) == (("offered", True), ("waitlisted", False))
    assert true(meetup)
    assert (meetup.seats_taken, meetup.online_taken, meetup.is_full) == (1, 2, True)
    ben = meetup.rsvps.get(member__display_name="Ben")
    assert [step.words for step in queue.of(meetup, ben, ben.created_at).steps] == ["You joined the waiting list"]


def test_changing_over_frees_the_seat_one_had(meetup: Meetup, say: Say) -> None:
    say("Ann")
    say("Ben")
    say("Ann", online=True)
    assert states(meetup) == {"Ann": ("going", True), "Ben": ("offered", False)}
    assert true(meetup)


def test_without_a_seat_over_there_one_keeps_what_one_has(meetup: Meetup, say: Say) -> None:
    say("Ann")
    say("Ben", online=True)
    with pytest.raises(NoSeatThere, match=r"no free seat in the room now\. You keep your seat online"):
        say("Ben", online=False)
    assert states(meetup)["Ben"] == ("going", True)
    assert true(meetup)


def test_who_waits_may_sit_down_on_the_other_side(meetup: Meetup, say: Say) -> None:
    say("Ann")
    say("Ben")
    say("Ben", online=True)
    assert states(meetup)["Ben"] == ("going", True)
    say("Cat", online=True)
    assert say("Dan", online=True).queue_number == 2
    assert say("Dan", online=False).queue_number == 3  # at the end of the other queue
    assert states(meetup)["Dan"] == ("waitlisted", False)
    assert true(meetup)


def test_declining_looks_at_no_side(meetup: Meetup, say: Say) -> None:
    say("Ann", online=True)
    say("Ann", State.DECLINED, online=False)
    assert states(meetup)["Ann"][0] == "declined"
    assert true(meetup)
    assert (meetup.online_taken, meetup.going_count) == (0, 0)


def test_an_offer_online_runs_out_online(meetup: Meetup, say: Say, at: datetime) -> None:
    for name in ("Ann", "Ben", "Cat", "Dan"):
        say(name, online=True)
    say("Ann", State.DECLINED)
    assert states(meetup)["Cat"] == ("offered", True)
    assert promotions.expire(at + timedelta(days=1)) == 1
    assert states(meetup)["Dan"] == ("offered", True)
    assert true(meetup)


def amend(meetup: Meetup, organiser: Member, at: datetime, **facts) -> None:
    said = {
        "title": meetup.title,
        "starts_at": meetup.starts_at,
        "ends_at": meetup.ends_at,
        "time_zone": "Europe/London",
    }
    said |= {"is_hybrid": True, "capacity": 1, "online_capacity": 2, "guests_allowed": 1}
    meetups.amend(actor=organiser, meetup=meetup, details=Details(**said | facts), at=at)


def test_more_seats_online_and_fewer_than_taken(meetup: Meetup, organiser: Member, say: Say, at: datetime) -> None:
    for name in ("Ann", "Ben", "Cat"):
        say(name, online=True)
    amend(meetup, organiser, at, online_capacity=3)
    assert states(meetup)["Cat"] == ("offered", True)
    amend(meetup, organiser, at, online_capacity=1)
    meetup.refresh_from_db()
    assert (meetup.online_taken, meetup.online_excess, meetup.excess_seats) == (3, 2, 0)


def test_it_stays_hybrid_while_people_come_online(meetup: Meetup, organiser: Member, say: Say, at: datetime) -> None:
    say("Ann", online=True)
    with pytest.raises(StillOnline):
        amend(meetup, organiser, at, is_hybrid=False, online_capacity=None)
    say("Ann", State.DECLINED)
    amend(meetup, organiser, at, is_hybrid=False, online_capacity=None)
    meetup.refresh_from_db()
    assert meetup.is_hybrid is False


def test_where_there_is_one_kind_of_seat_nobody_chooses(group: Group, member: Member, at: datetime) -> None:
    plain = MeetupFactory(group=group, capacity=1)
    assert rsvps.answer(member=member, meetup=plain, state=State.GOING, online=True, at=at).is_online is False
    assert true(plain)


def test_the_database_refuses_one_online_seat_sold_twice(meetup: Meetup) -> None:
    for facts in ({"online_taken": 3}, {"online_taken": 1, "is_hybrid": False}):
        with pytest.raises(IntegrityError, match="meetup_online"), transaction.atomic():
            Meetup.objects.filter(pk=meetup.pk).update(**facts)
