"""Was this for me? One tap, changeable, for a month; numbers from three members on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from time_machine import travel

from community import registry
from community.models import Group, Member
from community.verdicts import NotAllowed
from meetups.actions import departures, for_me
from meetups.models import AgendaItem, Meetup, SlotAnswer
from meetups.policies.afterwards import AFTERWARDS
from meetups.queries import for_me as queries
from tests.factories.community import MembershipFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, RsvpFactory, SubjectFactory

pytestmark = pytest.mark.usefixtures("now")
SignIn = Callable[[Member], Client]
HOUR = timedelta(hours=1)


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def item(meetup: Meetup) -> AgendaItem:
    return AgendaItemFactory(meetup=meetup, title="Late payers", subject=SubjectFactory(name="Leases"))


@pytest.fixture
def guest(meetup: Meetup) -> Member:
    return RsvpFactory(meetup=meetup, member=MembershipFactory(group=meetup.group).member).member


def test_the_last_word_counts(meetup: Meetup, item: AgendaItem, guest: Member) -> None:
    for is_for_me in (True, True, False):
        for_me.say(member=guest, item=item, is_for_me=is_for_me, at=meetup.ends_at)
    assert list(SlotAnswer.objects.values_list("member", "is_for_me")) == [(guest.pk, False)]
    with pytest.raises(IntegrityError), transaction.atomic():
        SlotAnswer.objects.create(item=item, member=guest, is_for_me=True, answered_at=meetup.ends_at)


@pytest.mark.parametrize("since_end", [-3 * HOUR, AFTERWARDS])
def test_not_before_and_not_for_ever(meetup: Meetup, item: AgendaItem, guest: Member, since_end: timedelta) -> None:
    with pytest.raises(NotAllowed):
        for_me.say(member=guest, item=item, is_for_me=True, at=meetup.ends_at + since_end)


def test_only_of_those_who_were_there_and_not_of_the_pizza(
    meetup: Meetup, item: AgendaItem, guest: Member, joined: Member
) -> None:
    pizza = AgendaItemFactory(meetup=meetup, kind=AgendaItem.Kind.BREAK)
    for member, slot in ((joined, item), (guest, pizza)):
        with pytest.raises(NotAllowed):
            for_me.say(member=member, item=slot, is_for_me=True, at=meetup.ends_at)
    assert not SlotAnswer.objects.exists()


def test_fewer_than_three_members_make_no_number(meetup: Meetup, item: AgendaItem, guest: Member) -> None:
    second = AgendaItemFactory(meetup=meetup, subject=item.subject)
    for slot in (item, second):  # one member on two slots of one subject is still one member
        for_me.say(member=guest, item=slot, is_for_me=True, at=meetup.ends_at)
    others = [RsvpFactory(meetup=meetup).member for _ in range(2)]
    for_me.say(member=others[0], item=item, is_for_me=True, at=meetup.ends_at)
    found = queries.of_group(meetup.group, meetup.ends_at)
    assert (found.subjects, found.slots) == ([], [])
    for_me.say(member=others[1], item=item, is_for_me=False, at=meetup.ends_at)
    found = queries.of_group(meetup.group, meetup.ends_at)
    assert [(echo.name, echo.yes, echo.of) for echo in found.subjects] == [("Leases", 3, 4)]
    assert [(echo.name, echo.yes, echo.of) for echo in found.slots] == [("Late payers", 2, 3)]
    assert queries.of_group(meetup.group, meetup.ends_at + timedelta(days=400)).subjects == []


def test_the_download_and_leaving(meetup: Meetup, item: AgendaItem, guest: Member) -> None:
    for_me.say(member=guest, item=item, is_for_me=True, at=meetup.ends_at)
    rows = list(registry.exports(guest)["slot_answers"])
    assert [(row["slot"], row["was_for_you"]) for row in rows] == [("Late payers", True)]
    departures.departed(member=guest, at=meetup.ends_at)
    assert not SlotAnswer.objects.exists()


def test_one_tap_on_the_page_and_numbers_where_the_next_is_planned(
    meetup: Meetup, item: AgendaItem, guest: Member, organiser: Member, joined: Member, signed_in: SignIn
) -> None:
    client, page = signed_in(guest), meetup.get_absolute_url()
    assert "Was this for you?" not in client.get(page).content.decode()
    tap = f"{page}agenda/{item.pk}/for-me/"
    with travel(meetup.ends_at + HOUR, tick=False):
        assert "Was this for you?" in client.get(page).content.decode()
        assert "Was this for you?" not in signed_in(joined).get(page).content.decode()
        part = client.post(tap, {"say": "yes"}, headers={"hx-request": "true"}).content.decode()
        assert ('aria-pressed="true"' in part, "<html" in part) == (True, False)
        assert client.post(tap, {"say": "no"})["Location"] == f"{page}#slot{item.pk}"
        assert signed_in(joined).post(tap, {"say": "yes"}).status_code == 403
        for _ in range(2):
            for_me.say(member=RsvpFactory(meetup=meetup).member, item=item, is_for_me=True, at=meetup.ends_at)
        later = MeetupFactory(group=meetup.group, starts_at=meetup.starts_at + timedelta(days=28))
        plan = f"{later.get_absolute_url()}agenda/"
        assert "2 of 3" in signed_in(organiser).get(plan).content.decode()
        assert "2 of 3" not in signed_in(joined).get(plan).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs(meetup: Meetup, guest: Member, django_assert_num_queries, count: int) -> None:
    for _ in range(count):
        slot = AgendaItemFactory(meetup=meetup, subject=SubjectFactory())
        for _ in range(3):
            member = RsvpFactory(meetup=meetup).member
            for_me.say(member=member, item=slot, is_for_me=True, at=meetup.ends_at)
    with django_assert_num_queries(2):
        assert len(queries.of_group(meetup.group, meetup.ends_at).slots) == count
