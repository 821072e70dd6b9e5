"""The link to join online is a secret of those who are going: it is looked for everywhere else."""

from datetime import datetime

import pytest
from django.test import Client

from community.models import Group, Member
from meetups.actions import feeds, meetups, rsvps
from meetups.models import Meetup, Rsvp
from notifications.actions import deliver, letters
from notifications.models import OutgoingMail
from tests.factories.community import MembershipFactory
from tests.factories.meetups import MeetupFactory, SeriesFactory

pytestmark = pytest.mark.usefixtures("now")
CANARY = "https://meet.example.org/canary-in-the-room"
State = Rsvp.State


@pytest.fixture
def meetup(group: Group, at: datetime) -> Meetup:
    return MeetupFactory(group=group, series=SeriesFactory(group=group), online_url=CANARY, capacity=1, about="Online.")


def addresses(meetup: Meetup) -> list[str]:
    own, group = meetup.get_absolute_url(), f"/groups/{meetup.group.slug}/"
    return [
        "/",
        "/meetups/",
        "/meetups/?view=month",
        "/meetups/calendar.ics",
        own,
        f"{own}?part=answers",
        f"{own}event.ics",
        f"{own}agenda/",
        group,
        f"{group}meetups/",
        f"{group}calendar.ics",
        "/api/v1/meetups",
        f"/api/v1/meetups/{meetup.pk}",
        f"/search/?q={meetup.title}",
    ]


def found(client: Client, meetup: Meetup) -> list[str]:
    shown = []
    for address in addresses(meetup):
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if CANARY.encode() in response.content:
            shown.append(address)
    return shown


def test_nobody_else_finds_it_anywhere(meetup: Meetup, joined: Member, client: Client, signed_in, at: datetime) -> None:
    going, waiting, maybe = (MembershipFactory(group=meetup.group).member for _ in range(3))
    rsvps.answer(member=going, meetup=meetup, state=State.GOING, at=at)
    rsvps.answer(member=waiting, meetup=meetup, state=State.GOING, at=at)
    rsvps.answer(member=maybe, meetup=meetup, state=State.MAYBE, at=at)
    assert found(client, meetup) == []
    for member in (joined, waiting, maybe):
        assert found(signed_in(member), meetup) == []
    own = meetup.get_absolute_url()
    assert found(signed_in(going), meetup) == [own]  # the canary sings where it should
    secrets = {member: feeds.rotate(member=member, at=at) for member in (going, waiting)}
    feeds_of = {member: unfolded(client.get(f"/calendar/{secret}.ics").content) for member, secret in secrets.items()}
    assert (CANARY in feeds_of[going], CANARY in feeds_of[waiting]) == (True, False)


def test_no_mail_to_anyone_else_holds_it(meetup: Meetup, organiser: Member, at: datetime) -> None:
    going, waiting = (MembershipFactory(group=meetup.group).member for _ in range(2))
    for member in (going, waiting):
        rsvps.answer(member=member, meetup=meetup, state=State.GOING, at=at)
    letters.write(at)
    meetups.cancel(actor=organiser, meetup=meetup, why="Snow", at=at)
    letters.write(at)
    mails = list(OutgoingMail.objects.exclude(to=going.email))
    assert waiting.email in {mail.to for mail in mails}
    read = [(meetup.title in words, CANARY in words) for words in map(words_of, mails)]
    assert set(read) == {(True, False)}


def words_of(mail: OutgoingMail) -> str:
    """Every part of a mail, decoded."""
    parts = [part.get_payload(decode=True) for part in deliver.as_message(mail).message().walk()]
    return "".join(unfolded(part) for part in parts if isinstance(part, bytes))


def unfolded(raw: bytes) -> str:
    """Lines of a calendar as they were before folding."""
    return raw.replace(b"\r\n ", b"").decode()
