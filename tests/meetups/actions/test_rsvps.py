"""Seats, the queue and its order, who is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from chat.actions import rooms
from chat.models import Seat
from community.actions import memberships
from community.models import Group, Member, Membership
from community.verdicts import NotAllowed
from meetups.actions import meetups as evenings
from meetups.actions import rsvps, seats
from meetups.actions.rsvps import NoSeatForGuests, TooManyGuests
from meetups.models import Meetup, Rsvp
from meetups.queries import counts
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory
from tests.kept import Watch

State = Rsvp.State


def told(kind: str) -> list[tuple[int, str]]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("recipient", "dedupe_key"))


def states(meetup: Meetup) -> dict[str, str]:
    return {rsvp.member.display_name: rsvp.state for rsvp in meetup.rsvps.select_related("member")}


def true(meetup: Meetup) -> bool:
    meetup.refresh_from_db()
    return counts.kept(meetup) == counts.counted(meetup.pk)


@pytest.fixture
def say(group: Group, at: datetime) -> Callable[..., Rsvp]:
    """One of the group answers."""
    people: dict[str, Member] = {}

    def answer(name: str, meetup: Meetup, state: str = State.GOING, guests: int = 0) -> Rsvp:
        if name not in people:
            people[name] = MemberFactory(display_name=name)
        return rsvps.answer(member=people[name], meetup=meetup, state=state, guests=guests, at=at)

    return answer


def test_going_takes_a_seat_joins_the_group_and_tells(
    group: Group, organiser: Member, member: Member, at: datetime, said
) -> None:
    meetup = MeetupFactory(group=group, capacity=3, guests_allowed=2)
    rsvp = rsvps.answer(member=member, meetup=meetup, state=State.GOING, guests=1, at=at)
    meetup.refresh_from_db()
    assert (rsvp.state, meetup.seats_taken, meetup.going_count, meetup.waiting_count) == (State.GOING, 2, 1, 0)
    assert Membership.objects.live().filter(member=member, group=group).exists()
    assert told("meetups.confirmed") == [(member.pk, f"meetups.confirmed:{meetup.pk}:0")]
    assert told("meetups.joined") == [(organiser.pk, f"meetups.joined:{rsvp.pk}")]
    assert true(meetup)


def test_a_double_click_is_one_answer(group: Group, member: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group, capacity=3)
    for _ in range(2):
        rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at)
    assert meetup.rsvps.count() == 1
    assert len(told("meetups.confirmed")) == 1
    assert true(meetup)
    assert meetup.seats_taken == 1


def test_full_means_waiting_in_order_and_the_first_moves_up_once(group: Group, say, at: datetime) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    say("Ann", meetup)
    first, second = say("Ben", meetup), say("Cat", meetup)
    assert [(rsvp.state, rsvp.queue_number) for rsvp in (first, second)] == [("waitlisted", 1), ("waitlisted", 2)]
    say("Ann", meetup, State.DECLINED)
    assert states(meetup) == {"Ann": "declined", "Ben": "going", "Cat": "waitlisted"}
    assert told("meetups.promoted") == [(first.member_id, f"meetups.promoted:{meetup.pk}:1")]
    assert told("meetups.confirmed")[1:] == []
    assert true(meetup)


def test_who_comes_back_waits_behind_everyone(group: Group, say) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    say("Ann", meetup)
    say("Ben", meetup)
    say("Ann", meetup, State.MAYBE)
    assert say("Ann", meetup).queue_number == 2
    assert states(meetup) == {"Ann": "waitlisted", "Ben": "going"}


def test_a_party_waits_until_its_seats_are_free_together_and_nobody_overtakes(group: Group, say) -> None:
    meetup = MeetupFactory(group=group, capacity=3, guests_allowed=2)
    for name in ("Ann", "Ben", "Cat"):
        say(name, meetup)
    say("Dan", meetup, guests=1)
    say("Eve", meetup)
    say("Ann", meetup, State.DECLINED)
    assert states(meetup) | {"Ann": ""} == {
        "Ann": "",
        "Ben": "going",
        "Cat": "going",
        "Dan": "waitlisted",
        "Eve": "waitlisted",
    }
    assert say("Fay", meetup).state == State.WAITLISTED  # a free seat, but Dan and Eve were first
    say("Ben", meetup, State.DECLINED)
    assert (states(meetup)["Dan"], states(meetup)["Eve"]) == ("going", "waitlisted")
    assert true(meetup)
    assert meetup.seats_taken == 3


def test_a_party_that_shrinks_is_let_in(group: Group, say) -> None:
    meetup = MeetupFactory(group=group, capacity=2, guests_allowed=2)
    say("Ann", meetup)
    assert say("Ben", meetup, guests=1).state == State.WAITLISTED
    rsvp = say("Ben", meetup, guests=0)
    assert (rsvp.state, rsvp.guests) == (State.GOING, 0)
    assert told("meetups.confirmed")[1:] == [(rsvp.member_id, f"meetups.confirmed:{meetup.pk}:0")]
    assert true(meetup)


def test_more_guests_than_seats_keeps_what_one_has(group: Group, say) -> None:
    meetup = MeetupFactory(group=group, capacity=3, guests_allowed=3)
    say("Ann", meetup, guests=1)
    say("Ben", meetup)
    with pytest.raises(NoSeatForGuests):
        say("Ann", meetup, guests=2)
    with pytest.raises(TooManyGuests, match="up to 3 guests"):
        say("Ann", meetup, guests=400)
    assert meetup.rsvps.get(guests__gt=0).guests == 1
    assert true(meetup)


def test_guests_do_not_pass_those_who_wait(group: Group, say) -> None:
    meetup = MeetupFactory(group=group, capacity=3, guests_allowed=2)
    say("Ann", meetup)
    say("Ben", meetup)
    say("Cat", meetup, guests=1)
    with pytest.raises(NoSeatForGuests):
        say("Ann", meetup, guests=1)


def test_more_seats_let_those_waiting_in(group: Group, organiser: Member, say, at: datetime) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    for name in ("Ann", "Ben", "Cat", "Dan"):
        say(name, meetup)
    details = evenings.Details(
        title=meetup.title, starts_at=meetup.starts_at, ends_at=meetup.ends_at, time_zone=meetup.time_zone, capacity=3
    )
    evenings.amend(actor=organiser, meetup=meetup, details=details, at=at)
    assert states(meetup) == {"Ann": "going", "Ben": "going", "Cat": "going", "Dan": "waitlisted"}
    assert len(told("meetups.promoted")) == 2
    assert true(meetup)
    assert meetup.sequence == 0


def test_fewer_seats_than_people_evict_nobody_and_let_nobody_in(
    group: Group, organiser: Member, say, at: datetime
) -> None:
    meetup = MeetupFactory(group=group, capacity=3)
    for name in ("Ann", "Ben", "Cat", "Dan"):
        say(name, meetup)
    details = evenings.Details(
        title=meetup.title, starts_at=meetup.starts_at, ends_at=meetup.ends_at, time_zone=meetup.time_zone, capacity=1
    )
    evenings.amend(actor=organiser, meetup=meetup, details=details, at=at)
    meetup.refresh_from_db()
    assert (meetup.seats_taken, meetup.excess_seats) == (3, 2)
    say("Ann", meetup, State.DECLINED)
    say("Ben", meetup, State.DECLINED)
    meetup.refresh_from_db()
    assert (meetup.seats_taken, meetup.excess_seats, states(meetup)["Dan"]) == (1, 0, "waitlisted")
    say("Cat", meetup, State.DECLINED)
    assert states(meetup)["Dan"] == "going"
    assert true(meetup)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"starts_at": -timedelta(days=1)}, "This meetup is over."),
        ({"state": "cancelled"}, "This meetup is cancelled."),
        ({"state": "draft"}, "This meetup is not published yet."),
    ],
)
def test_closed_meetups_take_no_answers(group: Group, member: Member, at: datetime, facts, reason: str) -> None:
    facts = {name: at + value if name == "starts_at" else value for name, value in facts.items()}
    meetup = MeetupFactory(group=group, **facts)
    with pytest.raises(NotAllowed, match=reason):
        rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at)
    assert not meetup.rsvps.exists()
    assert not Membership.objects.filter(member=member).exists()


def test_the_database_itself_refuses_the_last_seat_twice(group: Group, at: datetime, watch: Watch) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    stale = [seats.Seats(Meetup.objects.get(pk=meetup.pk), at) for _ in range(2)]  # two that read before either wrote
    for book in stale:
        rsvp = Rsvp(meetup=meetup, member=MemberFactory(), created_at=at)
        book.move(rsvp, State.GOING, 0)
    stale[0].keep()
    with pytest.raises(IntegrityError), transaction.atomic():
        stale[1].keep()
    watch.written.clear()  # the book alone says nothing: whoever opens it has locked the meetup


def test_the_room_follows_the_answer(group: Group, say, at: datetime) -> None:
    meetup = MeetupFactory(group=group, capacity=1)
    meetup.room = rooms.open_room(group=group, title="Room", audience="seated", at=at)
    meetup.save()
    ann, ben = say("Ann", meetup), say("Ben", meetup)

    def seated() -> list[int]:
        return list(Seat.objects.filter(left_at=None).values_list("member", flat=True))

    assert seated() == [ann.member_id]
    say("Ann", meetup, State.DECLINED)
    assert seated() == [ben.member_id]


def test_leaving_the_group_gives_up_seats_to_come_and_others_move_up(group: Group, at: datetime) -> None:
    leaver = MembershipFactory(group=group).member
    coming, past = MeetupFactory(group=group, capacity=1), MeetupFactory(group=group, starts_at=at - timedelta(days=30))
    elsewhere = MeetupFactory()
    for meetup in (coming, past, elsewhere):
        RsvpFactory(meetup=meetup, member=leaver)
    waiting = RsvpFactory(meetup=coming, state=State.WAITLISTED)
    memberships.leave(member=leaver, group=group, at=at)
    assert {rsvp.meetup_id: rsvp.state for rsvp in leaver.rsvps.all()} == {
        coming.pk: "declined",
        past.pk: "going",
        elsewhere.pk: "going",
    }
    waiting.refresh_from_db()
    assert waiting.state == State.GOING
    assert true(coming)


def test_open_pages_hear_the_numbers(
    group: Group, member: Member, at: datetime, said, django_capture_on_commit_callbacks
) -> None:
    meetup = MeetupFactory(group=group)
    with django_capture_on_commit_callbacks(execute=True):
        rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at)
    frames = [frame for stream, frame in said if stream == f"meetup:{meetup.pk}"]
    assert frames == [
        {"type": "rsvps.changed", "stream": f"meetup:{meetup.pk}", "seq": None, "going": 1, "waiting": 0},
    ]
