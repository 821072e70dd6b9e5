"""The links in a mailed invitation: one press, signed out, and nothing by looking."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from community.actions import memberships
from community.models import Group, Member, Membership
from meetups import tokens
from meetups.actions import invitations
from meetups.models import Invitation, Meetup, Rsvp
from notifications.actions import letters
from notifications.models import OutgoingMail
from tests.factories.meetups import MeetupFactory, RsvpFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
State = Rsvp.State


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def evening(group: Group) -> Meetup:
    return MeetupFactory(group=group, title="Cash flow", capacity=5, guests_allowed=2)


@pytest.fixture
def links(evening: Meetup, joined: Member) -> dict[str, str]:
    """By word, as they stand in both forms of the mail."""
    invitations.send(AT)
    letters.write(AT)
    mail = OutgoingMail.objects.get(member=joined)
    found = dict(re.findall(r"^(Yes|Maybe|No): http://[^/]+(\S+)$", mail.text, re.MULTILINE))
    assert list(found) == ["Yes", "Maybe", "No"]
    assert dict(re.findall(r'href="http://[^/]+(/meetups/[^"]*by-mail[^"]*)"[^>]*>(\w+)<', mail.html)) == {
        address: word for word, address in found.items()
    }
    return found


@pytest.mark.parametrize(
    ("word", "state", "said"),
    [("Yes", "going", "You are going"), ("Maybe", "maybe", "You said maybe"), ("No", "declined", "You are not coming")],
)
def test_one_press_answers_and_looking_does_not(
    client: Client, links: dict[str, str], joined: Member, word: str, state: str, said: str
) -> None:
    for _ in range(2):
        page = client.get(links[word]).content.decode()
        assert ("data-press" in page, f'name="state" value="{state}"' in page) == (True, True)
    assert client.head(links[word]).status_code == 405
    assert not Rsvp.objects.exists()
    answer = client.post(links[word], {"state": state})
    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert list(Rsvp.objects.values_list("member", "state")) == [(joined.pk, state)]
    assert "_auth_user_id" not in client.session
    again = client.get(links[word]).content.decode()
    assert (said in again, "data-press" in again) == (True, False)


def test_guests_stay_and_the_other_buttons_change_the_answer(
    client: Client, links: dict[str, str], evening: Meetup, joined: Member
) -> None:
    RsvpFactory(meetup=evening, member=joined, guests=2)
    assert "data-press" not in client.get(links["Yes"]).content.decode()
    client.post(links["Yes"], {"state": "going"})
    assert Rsvp.objects.get().guests == 2
    client.post(links["Yes"], {"state": "declined"})
    assert Rsvp.objects.get().state == State.DECLINED


@pytest.mark.parametrize(
    ("facts", "status", "words"),
    [
        ({"state": "cancelled"}, 403, "This meetup is cancelled."),
        ({"starts_at": AT - timedelta(days=2), "ends_at": AT - timedelta(days=1)}, 403, "This meetup is over."),
        ({"answers_close_at": AT - timedelta(days=1)}, 403, "Answers closed"),
        ({"hidden_at": AT}, 410, "This link has done its work"),
    ],
)
def test_what_the_page_would_refuse(
    client: Client, links: dict[str, str], facts: dict, status: int, words: str
) -> None:
    Meetup.objects.update(**facts)
    answer = client.post(links["Yes"], {"state": "going"})
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert not Rsvp.objects.exists()


def test_who_left_the_group_is_not_let_in_again_by_an_old_mail(
    client: Client, links: dict[str, str], joined: Member, group: Group
) -> None:
    memberships.leave(member=joined, group=group, at=AT)
    assert [client.get(links["Yes"]).status_code, client.post(links["Yes"], {"state": "going"}).status_code] == [
        410,
        410,
    ]
    assert not Membership.objects.live().filter(member=joined, group=group).exists()


def test_a_link_nobody_signed_for_another_evening_or_without_an_answer(
    client: Client, links: dict[str, str], evening: Meetup
) -> None:
    other, token = MeetupFactory(), tokens.invited(Invitation.objects.get())
    assert client.get(f"{evening.get_absolute_url()}rsvp/by-mail/forged/").status_code == 404
    assert client.post(f"{other.get_absolute_url()}rsvp/by-mail/{token}/", {"state": "going"}).status_code == 410
    assert client.post(links["Yes"], {"state": "perhaps"}).status_code == 422
    assert not Rsvp.objects.exists()


def test_a_vanished_evening_has_no_links(evening: Meetup, joined: Member) -> None:
    evening.state = Meetup.State.CANCELLED
    enclosed = invitations.enclosed(evening, joined, AT)
    assert enclosed is not None
    assert "answers" not in enclosed.context
