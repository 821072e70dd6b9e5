"""Answers open and close; a seat can always be given up."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import requests, rsvps
from meetups.forms.evenings import EveningForm, facts_of
from meetups.models import Meetup, Rsvp, RsvpRequest
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory

State = Rsvp.State
DAY = timedelta(days=1)


def answer(member: Member, meetup: Meetup, state: str, at: datetime) -> str:
    return rsvps.answer(member=member, meetup=meetup, state=state, at=at).state


def test_before_they_open_and_after_they_close_nobody_new_answers(group: Group, member: Member, at: datetime) -> None:
    meetup = MeetupFactory(group=group, answers_open_at=at, answers_close_at=at + DAY)
    for early in (State.GOING, State.MAYBE):
        with pytest.raises(NotAllowed, match="You can say so from Tuesday 1 December, 15:00 on"):
            answer(member, meetup, early, at - timedelta(minutes=1))
    with pytest.raises(NotAllowed, match="Answers closed on Wednesday 2 December, 15:00"):
        answer(member, meetup, State.GOING, at + DAY)
    with pytest.raises(NotAllowed, match="Answers closed"):
        requests.ask(meetup=meetup, name="Ann", email="ann@example.org", time_zone="", at=at + DAY)
    assert (Rsvp.objects.exists(), RsvpRequest.objects.exists()) == (False, False)
    assert answer(member, meetup, State.GOING, at) == "going"


def test_who_has_a_seat_gives_it_up_after_the_close_and_the_next_takes_it(group: Group, at: datetime) -> None:
    meetup = MeetupFactory(group=group, capacity=1, starts_at=at + 2 * DAY, answers_close_at=at + timedelta(hours=1))
    ann, ben = MemberFactory(), MemberFactory()
    answer(ann, meetup, State.GOING, at)
    answer(ben, meetup, State.GOING, at)
    late = at + timedelta(hours=2)
    assert answer(ann, meetup, State.DECLINED, late) == "declined"
    assert meetup.rsvps.get(member=ben).state == "offered"
    assert answer(ben, meetup, State.GOING, late) == "going"
    with pytest.raises(NotAllowed, match="Answers closed"):
        answer(ann, meetup, State.GOING, late)


def test_the_database_holds_the_order(group: Group, at: datetime) -> None:
    with pytest.raises(IntegrityError, match="meetup_answers_period"), transaction.atomic():
        MeetupFactory(group=group, answers_open_at=at, answers_close_at=at)


def test_typed_on_the_clock_of_the_place(group: Group) -> None:
    typed = {
        "title": "Far away",
        "day": "2026-12-20",
        "starts": "18:30",
        "ends": "20:00",
        "time_zone": "America/New_York",
        "answers_open_at": "2026-12-01T09:00",
        "answers_close_at": "2026-12-19T21:00",
    }
    form = EveningForm(typed, group=group)
    assert form.is_valid()
    details = form.details()
    assert details.answers_open_at == datetime.fromisoformat("2026-12-01T14:00+00:00")
    shown = facts_of(
        MeetupFactory(
            group=group,
            time_zone="America/New_York",
            answers_open_at=details.answers_open_at,
            answers_close_at=details.answers_close_at,
        )
    )
    assert f"{shown['answers_close_at']:%Y-%m-%dT%H:%M}" == typed["answers_close_at"]
    wrong = EveningForm(typed | {"answers_close_at": "2026-12-01T09:00"}, group=group)
    assert wrong.errors["answers_close_at"] == ["Answers must close after they open."]


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"ends": "18:30"}, "ends", "It must end after it starts."),
        ({"time_zone": "Leeds"}, "time_zone", "“Leeds” is not a time zone we know. Try one such as Europe/London."),
        ({"guests_allowed": "400"}, "guests_allowed", "Ensure this value is less than or equal to 10."),
    ],
)
def test_bad_input_is_said_plainly(group: Group, facts: dict[str, str], field: str, words: str) -> None:
    typed = {
        "title": "x",
        "day": "2026-12-20",
        "starts": "18:30",
        "ends": "20:00",
        "time_zone": "Europe/London",
    }
    assert EveningForm(typed | facts, group=group).errors[field] == [words]
