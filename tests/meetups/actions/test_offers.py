"""Seats that are held: offered, taken, let go, run out, and open to all in the last hours."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community.models import Group, Member
from meetups.actions import departures, promotions, rsvps
from meetups.actions import meetups as evenings
from meetups.exports import queue as exported
from meetups.models import Meetup, QueueMove, Rsvp
from meetups.queries import counts, queue
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory

State = Rsvp.State
HOUR = timedelta(hours=1)


class Evening:
    """One seat short, two days ahead, at noon: whoever is named answers."""

    def __init__(self, group: Group, at: datetime, **facts) -> None:
        self.at = at.replace(hour=12)
        self.meetup = MeetupFactory(
            group=group,
            starts_at=self.at + timedelta(days=2),
            **{"capacity": 1, "guests_allowed": 3, "time_zone": "UTC"} | facts,
        )
        self.people: dict[str, Member] = {}

    def say(self, name: str, state: str = State.GOING, guests: int = 0) -> Rsvp:
        if name not in self.people:
            self.people[name] = MemberFactory(display_name=name)
        return rsvps.answer(member=self.people[name], meetup=self.meetup, state=state, guests=guests, at=self.at)

    @property
    def states(self) -> dict[str, str]:
        return {rsvp.member.display_name: rsvp.state for rsvp in self.meetup.rsvps.select_related("member")}

    def told(self, kind: str) -> list[str]:
        rows = Notice.objects.filter(kind=f"meetups.{kind}").select_related("recipient").order_by("pk")
        return [row.recipient.display_name for row in rows]

    def steps(self, name: str) -> list[str]:
        self.meetup.refresh_from_db()
        answer = self.meetup.rsvps.get(member=self.people[name])
        return [step.words for step in queue.of(self.meetup, answer, self.at).steps]

    @property
    def is_true(self) -> bool:
        self.meetup.refresh_from_db()
        return counts.kept(self.meetup) == counts.counted(self.meetup.pk)


@pytest.fixture
def evening(group: Group, at: datetime) -> Evening:
    """Ann is going; Ben, Cat and Dan wait."""
    evening = Evening(group, at)
    for name in ("Ann", "Ben", "Cat", "Dan"):
        evening.say(name)
    return evening


def test_near_the_start_a_seat_is_held_and_one_notice_says_so(evening: Evening) -> None:
    evening.say("Ann", State.DECLINED)
    ben = evening.meetup.rsvps.get(member=evening.people["Ben"])
    assert evening.states == {"Ann": "declined", "Ben": "offered", "Cat": "waitlisted", "Dan": "waitlisted"}
    assert (ben.queue_number, ben.offered_until) == (1, evening.at + 6 * HOUR)
    assert (evening.told("offered"), evening.told("promoted")) == (["Ben"], [])
    assert evening.is_true
    assert (evening.meetup.seats_taken, evening.meetup.going_count) == (1, 0)  # held is taken


def test_taking_it_is_going(evening: Evening) -> None:
    evening.say("Ann", State.DECLINED)
    for _ in range(2):
        evening.say("Ben")
    assert evening.states["Ben"] == "going"
    assert evening.told("confirmed") == ["Ann", "Ben"]
    ben = evening.meetup.rsvps.get(member=evening.people["Ben"])
    assert (ben.queue_number, ben.offered_until) == (None, None)
    assert evening.is_true


@pytest.mark.parametrize("state", [State.DECLINED, State.MAYBE])
def test_letting_it_go_offers_it_to_the_next(evening: Evening, state: str) -> None:
    evening.say("Ann", State.DECLINED)
    evening.say("Ben", state)
    assert evening.states == {"Ann": "declined", "Ben": state, "Cat": "offered", "Dan": "waitlisted"}
    assert evening.told("offered") == ["Ben", "Cat"]
    assert evening.is_true


def test_no_answer_in_time_passes_it_on_once(evening: Evening) -> None:
    evening.say("Ann", State.DECLINED)
    assert promotions.expire(evening.at + 5 * HOUR) == 0
    assert [promotions.expire(evening.at + 6 * HOUR) for _ in range(2)] == [1, 0]
    assert evening.states == {"Ann": "declined", "Ben": "declined", "Cat": "offered", "Dan": "waitlisted"}
    assert (evening.told("lapsed"), evening.told("offered")) == (["Ben"], ["Ben", "Cat"])
    assert evening.is_true


def test_an_offer_ends_on_the_minute_whether_or_not_anything_ran(evening: Evening) -> None:
    evening.say("Ann", State.DECLINED)
    evening.at += 6 * HOUR
    evening.say("Ben")
    assert evening.states == {"Ann": "declined", "Ben": "waitlisted", "Cat": "offered", "Dan": "waitlisted"}
    assert evening.meetup.rsvps.get(member=evening.people["Ben"]).queue_number == 4
    assert evening.is_true


def test_a_party_is_offered_its_seats_together(group: Group, at: datetime) -> None:
    evening = Evening(group, at, capacity=3)
    for name in ("Ann", "Ben", "Cat"):
        evening.say(name)
    evening.say("Dan", guests=1)
    evening.say("Eve")
    evening.say("Ann", State.DECLINED)
    assert (evening.states["Dan"], evening.states["Eve"]) == ("waitlisted", "waitlisted")
    evening.meetup.refresh_from_db()
    dan, eve = (evening.meetup.rsvps.get(member=evening.people[name]) for name in ("Dan", "Eve"))
    assert queue.of(evening.meetup, dan, evening.at).why == (
        "1 seat is free, and you are 2: you get your seats together. Bring fewer, and you are in."
    )
    assert queue.of(evening.meetup, eve, evening.at).why == (
        "1 seat is free: the party that is 1st in line is 2, and gets its seats together."
    )
    evening.say("Ben", State.DECLINED)
    assert (evening.states["Dan"], evening.states["Eve"]) == ("offered", "waitlisted")
    evening.say("Dan", guests=0)  # comes alone: the other seat goes on
    assert (evening.states["Dan"], evening.states["Eve"]) == ("going", "offered")
    assert evening.is_true


def test_someone_offered_a_seat_brings_no_more_than_there_is_room_for(evening: Evening) -> None:
    evening.say("Ann", State.DECLINED)
    with pytest.raises(rsvps.TooManyForTheRoom, match="There is one seat in all"):
        evening.say("Ben", guests=1)
    assert evening.states["Ben"] == "offered"


def test_a_party_larger_than_the_room_holds_nobody_up(group: Group, organiser: Member, at: datetime) -> None:
    evening = Evening(group, at, capacity=3)
    evening.say("Ann", guests=2)
    evening.say("Ben", guests=2)
    evening.say("Cat")
    shrink(evening, organiser, 2)
    evening.say("Ann", State.DECLINED)
    assert evening.states == {"Ann": "declined", "Ben": "waitlisted", "Cat": "offered"}
    ben = evening.meetup.rsvps.get(member=evening.people["Ben"])
    evening.meetup.refresh_from_db()
    assert queue.of(evening.meetup, ben, evening.at).why == (
        "You are 3, and there are 2 seats in all. Bring fewer to have a turn."
    )
    assert evening.say("Dan").state == State.GOING  # nobody who could sit down waits for the other seat
    assert evening.is_true


def shrink(evening: Evening, organiser: Member, capacity: int | None) -> None:
    held = Meetup.objects.get(pk=evening.meetup.pk)
    details = evenings.Details(
        title=held.title,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        time_zone=held.time_zone,
        capacity=capacity,
        guests_allowed=held.guests_allowed,
    )
    evenings.amend(actor=organiser, meetup=held, details=details, at=evening.at)


def test_more_seats_are_offered_in_order(evening: Evening, organiser: Member) -> None:
    shrink(evening, organiser, 3)
    assert evening.states == {"Ann": "going", "Ben": "offered", "Cat": "offered", "Dan": "waitlisted"}
    assert evening.steps("Dan") == [
        "A seat was held for someone ahead of you",
        "A seat was held for someone ahead of you",
        "There are 2 seats more",
        "You joined the waiting list",
    ]


def test_in_the_last_hours_a_seat_is_whose_press_is_first(evening: Evening) -> None:
    evening.at += timedelta(hours=46, minutes=30)
    evening.say("Ann", State.DECLINED)
    assert evening.states == {"Ann": "declined", "Ben": "waitlisted", "Cat": "waitlisted", "Dan": "waitlisted"}
    assert evening.told("opened") == ["Ben", "Cat", "Dan"]
    evening.say("Cat")
    assert (evening.states["Cat"], evening.states["Ben"]) == ("going", "waitlisted")
    assert evening.steps("Ben")[:2] == ["In the last hours, someone was quicker", "A seat came free"]
    evening.say("Cat", State.DECLINED)
    assert evening.told("opened") == ["Ben", "Cat", "Dan"]  # told once each
    assert evening.told("promoted") == []
    assert evening.is_true


def test_the_last_hours_end_the_wait_for_a_party(group: Group, at: datetime) -> None:
    evening = Evening(group, at, capacity=2)
    evening.say("Ann")
    evening.say("Ben", guests=1)
    evening.say("Cat")
    late = evening.at + timedelta(hours=46)
    assert promotions.open_up(late - timedelta(minutes=1)) == 0
    assert [promotions.open_up(late) for _ in range(2)] == [1, 0]
    assert evening.told("opened") == ["Cat"]


def test_the_log_names_nobody_and_shows_what_was_ahead(evening: Evening) -> None:
    evening.say("Cat", State.DECLINED)
    evening.say("Ann", State.DECLINED)
    evening.say("Ben", State.DECLINED)
    assert evening.steps("Dan") == [
        "A seat was held for you",
        "Someone ahead of you let their seat go on",
        "A seat was held for someone ahead of you",
        "A seat came free",
        "Someone ahead of you left the waiting list",
        "You joined the waiting list",
    ]
    assert evening.say("Eve").state == State.WAITLISTED
    assert evening.steps("Eve") == ["You joined the waiting list"]


def test_a_step_stands_once(evening: Evening, at: datetime) -> None:
    joined = QueueMove.objects.get(meetup=evening.meetup, queue_number=1)
    joined.pk = None
    with pytest.raises(IntegrityError, match=r"queue_move_once|UNIQUE"), transaction.atomic():
        joined.save(force_insert=True)


def test_who_goes_takes_their_steps_with_them(evening: Evening) -> None:
    evening.say("Ann", State.DECLINED)
    ben = evening.people["Ben"]
    assert [row["step"] for row in exported(ben)] == ["Joined the queue", "A seat is held"]
    departures.departed(member=ben, at=evening.at)
    assert evening.states["Cat"] == "offered"
    assert (list(exported(ben)), QueueMove.objects.filter(queue_number=1).count()) == ([], 3)
