"""A code per answer: shown to its owner, read by organisers, and worth nothing to anyone else."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from community.models import Group, Member
from meetups import tokens
from meetups.models import Attendance, Meetup, Rsvp
from tests.factories.community import MembershipFactory
from tests.factories.meetups import MeetupFactory, RsvpFactory

pytestmark = pytest.mark.usefixtures("now")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def meetup(group: Group, at: datetime) -> Meetup:
    """Begins in an hour."""
    return MeetupFactory(group=group, starts_at=at + timedelta(hours=1), title="Cash flow")


@pytest.fixture
def going(meetup: Meetup) -> Rsvp:
    member = MembershipFactory(group=meetup.group, member__display_name="Ann Barker").member
    return RsvpFactory(meetup=meetup, member=member, guests=1)


def door(rsvp: Rsvp) -> str:
    return f"{rsvp.meetup.get_absolute_url()}check-in/{tokens.door(rsvp)}/"


def test_who_is_going_has_a_code_and_nobody_else_sees_it(going: Rsvp, joined: Member, signed_in) -> None:
    address = f"{going.meetup.get_absolute_url()}rsvp/code/"
    owner = signed_in(going.member)
    page = text(owner.get(address))
    assert ("<svg" in page, "Ann Barker with 1 guest" in page) == (True, True)
    assert "rsvp/code/" in text(owner.get(going.meetup.get_absolute_url()))
    other = signed_in(joined).get(address)
    assert (other.status_code, other["Location"]) == (302, f"{going.meetup.get_absolute_url()}#rsvp")


def test_the_code_opens_the_entry_and_one_press_lets_them_in(going: Rsvp, organiser: Member, signed_in) -> None:
    client = signed_in(organiser)
    page = text(client.get(door(going)))
    assert ("Ann Barker" in page, "with 1 guest" in page, "Is here" in page) == (True, True, True)
    assert not Attendance.objects.exists()
    for _ in range(2):
        page = text(client.post(door(going), follow=True))
    assert "Here</strong> since" in page
    attendance = Attendance.objects.get()
    assert (attendance.member, attendance.checked_in_by) == (going.member, organiser)
    client.post(f"{going.meetup.get_absolute_url()}check-in/", {"do": "undo", "attendance": attendance.pk})
    assert not Attendance.objects.exists()


def test_nobody_checks_themselves_in(going: Rsvp, client: Client, signed_in) -> None:
    assert signed_in(going.member).post(door(going)).status_code == 403
    assert client.post(door(going)).status_code == 302
    assert not Attendance.objects.exists()


def test_a_forged_code_or_one_of_another_evening_is_not_there(going: Rsvp, organiser: Member, signed_in) -> None:
    client, other = signed_in(organiser), RsvpFactory(meetup=MeetupFactory(group=going.meetup.group))
    here = going.meetup.get_absolute_url()
    for token in ("forged", tokens.door(other), tokens.offer(going)):
        assert client.post(f"{here}check-in/{token}/").status_code == 404
    assert not Attendance.objects.exists()


def test_who_gave_up_the_seat_is_named_so(going: Rsvp, organiser: Member, signed_in) -> None:
    Rsvp.objects.filter(pk=going.pk).update(state="declined")
    assert "They have no seat on the list now" in text(signed_in(organiser).get(door(going)))


def test_before_the_door_opens_nobody_is_let_in(going: Rsvp, organiser: Member, signed_in, at: datetime) -> None:
    later = at + timedelta(hours=9)
    Meetup.objects.filter(pk=going.meetup_id).update(starts_at=later, ends_at=later + timedelta(hours=2))
    response = signed_in(organiser).post(door(going))
    assert (response.status_code, "from three hours before" in text(response)) == (403, True)
    assert not Attendance.objects.exists()
