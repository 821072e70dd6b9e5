"""A held seat on the page and in the mail: one press either way, and the list as it looks from inside."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from community.models import Group
from meetups import tokens
from meetups.actions import rsvps
from meetups.models import Meetup, Rsvp
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory

pytestmark = pytest.mark.usefixtures("now")
State = Rsvp.State


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def offered(group: Group, at: datetime) -> Rsvp:
    """Ben is offered the one seat until 21:00, and Cat waits behind."""
    meetup = MeetupFactory(group=group, starts_at=at + timedelta(days=2), capacity=1, title="Cash flow")
    ann, ben, cat = (MemberFactory(display_name=name) for name in ("Ann", "Ben", "Cat"))
    for member in (ann, ben, cat):
        rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at)
    rsvps.answer(member=ann, meetup=meetup, state=State.DECLINED, at=at)
    return meetup.rsvps.get(member=ben)


def test_the_page_offers_it(offered: Rsvp, signed_in) -> None:
    page = text(signed_in(offered.member).get(offered.meetup.get_absolute_url()))
    for words in ("A seat is held for you", "until Tuesday 1 December, 21:00", "Take the seat", "Let it go on"):
        assert words in page


def test_the_next_sees_their_place_and_what_happened_without_names(offered: Rsvp, signed_in) -> None:
    waiting = offered.meetup.rsvps.get(state=State.WAITLISTED)
    page = text(signed_in(waiting.member).get(offered.meetup.get_absolute_url()))
    for words in ("You are 1st on the waiting list", "A seat was held for someone ahead of you", "How the waiting"):
        assert words in page
    assert "Ben" not in page


@pytest.mark.parametrize(("state", "said"), [("going", "You are going"), ("declined", "You are not coming")])
def test_the_mail_answers_with_one_press_signed_out(offered: Rsvp, client: Client, state: str, said: str) -> None:
    link = Notice.objects.get(kind="meetups.offered").data["answer"]
    assert "Yes, I am coming" in text(client.get(link))
    offered.refresh_from_db()
    assert offered.state == State.OFFERED  # looking changed nothing
    assert said in text(client.post(link, {"state": state}))
    offered.refresh_from_db()
    assert offered.state == state
    again = client.post(link, {"state": "going"})
    assert (again.status_code, said in text(again)) == (410, True)


def test_a_link_whose_time_is_over_says_where_the_seat_went(offered: Rsvp, client: Client) -> None:
    Rsvp.objects.filter(pk=offered.pk).update(offered_until=offered.changed_at)
    link = f"{offered.meetup.get_absolute_url()}rsvp/offer/{tokens.offer(offered)}/"
    assert client.post(link, {"state": "going"}).status_code == 410
    offered.refresh_from_db()
    assert offered.state == State.OFFERED


def test_a_link_nobody_signed_or_for_another_evening_is_not_there(offered: Rsvp, client: Client) -> None:
    other: Meetup = MeetupFactory(group=offered.meetup.group)
    for link in (
        f"{offered.meetup.get_absolute_url()}rsvp/offer/forged/",
        f"{other.get_absolute_url()}rsvp/offer/{tokens.offer(offered)}/",
    ):
        assert client.post(link, {"state": "going"}).status_code == 404
