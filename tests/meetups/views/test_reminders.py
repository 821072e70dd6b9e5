"""Pages of reminders and of words to those who come."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from community.models import Group, Member
from meetups.models import Announcement, ReminderPlan
from tests.factories.meetups import MeetupFactory, RsvpFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def test_reminders_are_chosen(group: Group, organiser: Member, signed_in: SignIn) -> None:
    mine, address = signed_in(organiser), f"/groups/{group.slug}/meetups/reminders/"
    page = mine.get(address).content.decode()
    assert page.count(" checked") == 3
    assert mine.post(address, {"minutes": ["1440"]}).status_code == 302
    assert ReminderPlan.objects.get(group=group).minutes == [1440]
    assert mine.get(address).content.decode().count(" checked") == 1
    assert mine.post(address, {"minutes": ["77"]}).status_code == 422
    assert mine.post(address, {}).status_code == 302
    assert ReminderPlan.objects.get(group=group).minutes == []


def test_words_are_sent_and_kept(group: Group, organiser: Member, signed_in: SignIn, now: datetime) -> None:
    meetup = MeetupFactory(group=group)
    RsvpFactory(meetup=meetup)
    mine, address = signed_in(organiser), f"{meetup.get_absolute_url()}write/"
    typed = {"audience": "going", "subject": "Side door", "words": "Use the side door.", "client_key": "k"}
    refused = mine.post(address, typed | {"subject": ""})
    assert (refused.status_code, "Use the side door." in refused.content.decode()) == (422, True)
    done = mine.post(address, typed, follow=True).content.decode()
    assert "Sent to one person." in done
    assert "Use the side door." in mine.get(address).content.decode()
    assert Announcement.objects.get().author == organiser
