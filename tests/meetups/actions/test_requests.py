"""A name, an e-mail, one link."""

import re
from datetime import datetime, timedelta

import pytest

from community.models import Member
from community.verdicts import NotAllowed
from meetups.actions import requests
from meetups.models import Meetup, Rsvp, RsvpRequest
from notifications.models import OutgoingMail
from tests.factories.community import MemberFactory
from tests.factories.meetups import MeetupFactory


@pytest.fixture
def meetup(db: None) -> Meetup:
    return MeetupFactory()


def ask(meetup: Meetup, at: datetime, email: str = "ann@example.org") -> str:
    """Ask, and read the token in the mail."""
    requests.ask(meetup=meetup, name="Ann", email=email, time_zone="Europe/Berlin", at=at)
    mail = OutgoingMail.objects.order_by("pk").last()
    assert mail is not None
    found = re.search(r"/rsvp/confirm/([\w-]+)/", mail.text)
    assert found is not None
    return found[1]


def test_the_link_makes_the_account_and_the_answer(meetup: Meetup, at: datetime) -> None:
    token = ask(meetup, at)
    assert (Member.objects.count(), Rsvp.objects.count()) == (0, 0)
    rsvp = requests.confirm(meetup_id=meetup.pk, token=token, at=at)
    assert (rsvp.state, rsvp.member.email, rsvp.member.display_name) == ("going", "ann@example.org", "Ann")
    assert rsvp.member.time_zone == "Europe/Berlin"


def test_a_member_by_that_address_is_found_and_keeps_their_name(meetup: Meetup, at: datetime) -> None:
    ann = MemberFactory(email="ann@example.org", display_name="Ann Early")
    rsvp = requests.confirm(meetup_id=meetup.pk, token=ask(meetup, at, "Ann@Example.org"), at=at)
    assert (rsvp.member, Member.objects.count()) == (ann, 1)
    assert Member.objects.get().display_name == "Ann Early"


@pytest.mark.parametrize(
    ("later", "token", "error"),
    [
        (timedelta(hours=48), None, requests.Expired),
        (timedelta(), "wrong", requests.NoSuchRequest),
    ],
)
def test_links_that_do_nothing(meetup: Meetup, at: datetime, later: timedelta, token: str | None, error) -> None:
    good = ask(meetup, at)
    with pytest.raises(error):
        requests.confirm(meetup_id=meetup.pk, token=token or good, at=at + later)
    assert not Member.objects.exists()


def test_a_link_works_once_and_for_its_own_meetup(meetup: Meetup, at: datetime) -> None:
    token = ask(meetup, at)
    with pytest.raises(requests.NoSuchRequest):
        requests.confirm(meetup_id=MeetupFactory().pk, token=token, at=at)
    requests.confirm(meetup_id=meetup.pk, token=token, at=at)
    with pytest.raises(requests.Used):
        requests.confirm(meetup_id=meetup.pk, token=token, at=at)
    assert Rsvp.objects.count() == 1


def test_only_a_hash_of_the_link_is_kept(meetup: Meetup, at: datetime) -> None:
    token = ask(meetup, at)
    assert token not in RsvpRequest.objects.get().token_hash


def test_a_refusal_leaves_no_account(meetup: Meetup, at: datetime) -> None:
    token = ask(meetup, at)
    Meetup.objects.update(state="cancelled")
    with pytest.raises(NotAllowed, match="cancelled"):
        requests.confirm(meetup_id=meetup.pk, token=token, at=at)
    assert not Member.objects.exists()
    assert RsvpRequest.objects.get().used_at is None


def test_nobodys_inbox_is_filled(meetup: Meetup, at: datetime) -> None:
    for _ in range(5):
        requests.ask(meetup=meetup, name="Ann", email="ann@example.org", time_zone="", at=at)
    requests.ask(meetup=meetup, name="Ben", email="ben@example.org", time_zone="", at=at)
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [*["ann@example.org"] * 3, "ben@example.org"]


def test_names_are_forgotten_a_week_after_the_link_ran_out(meetup: Meetup, at: datetime) -> None:
    ask(meetup, at)
    assert requests.sweep(at + timedelta(days=8)) == 0
    assert requests.sweep(at + timedelta(days=10)) == 1
