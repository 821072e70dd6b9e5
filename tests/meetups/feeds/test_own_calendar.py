"""A member's own calendar: what it shows, to whom, and what it costs."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from community.actions import memberships
from community.models import Group, Member
from meetups import exports
from meetups.actions import feeds, rsvps
from meetups.models import CalendarFeed, Rsvp
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory
from tests.factories.meetups import MeetupFactory
from tests.meetups.readers import by_ical

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("winter")]
SUMMER, WINTER = datetime(2027, 7, 13, 17, 30, tzinfo=UTC), datetime(2027, 1, 12, 18, 30, tzinfo=UTC)


@pytest.fixture
def winter() -> Any:
    """A clock of our own, so that these evenings are always to come."""
    with time_machine.travel(datetime(2026, 12, 1, 15, 0, tzinfo=UTC), tick=False):
        yield


def test_it_shows_my_answers_and_the_link_only_when_i_go(client: Client, member: Member, at: datetime) -> None:
    online = MeetupFactory(starts_at=WINTER, online_url="https://join.example/room")
    waiting = MeetupFactory(starts_at=SUMMER, online_url="https://join.example/other")
    Rsvp.objects.create(meetup=online, member=member, state="going", created_at=at, changed_at=at)
    Rsvp.objects.create(meetup=waiting, member=member, state="waitlisted", queue_number=1, created_at=at, changed_at=at)
    not_mine = MeetupFactory(starts_at=SUMMER)
    body = client.get(f"/calendar/{feeds.rotate(member=member, at=at)}.ics").content
    assert by_ical(body).keys() == {online.uid, waiting.uid}
    assert not_mine.uid.encode() not in body
    assert b"join.example/room" in body
    assert b"join.example/other" not in body
    assert b"STATUS:TENTATIVE" in body


def test_only_a_hash_is_kept(member: Member, at: datetime) -> None:
    secret = feeds.rotate(member=member, at=at)
    kept = CalendarFeed.objects.get(member=member, revoked_at=None)
    assert kept.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert len(secret) >= 22


def test_a_new_address_ends_the_old_one(client: Client, member: Member, at: datetime) -> None:
    old = feeds.rotate(member=member, at=at)
    new = feeds.rotate(member=member, at=at)
    assert client.get(f"/calendar/{old}.ics").status_code == 404
    assert client.get(f"/calendar/{new}.ics").status_code == 200


def test_it_dies_with_the_account(client: Client, member: Member, at: datetime) -> None:
    secret = feeds.rotate(member=member, at=at)
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_the_page_shows_the_address_once_and_the_last_fetch(
    client: Client, member: Member, signed_in: Callable[[Member], Client]
) -> None:
    mine = signed_in(member)
    page = mine.post("/settings/calendar/new/", follow=True).content.decode()
    secret = page.partition("/calendar/")[2].partition(".ics")[0]
    assert client.get(f"/calendar/{secret}.ics", headers={"user-agent": "Thunderbird"}).status_code == 200
    again = mine.get("/settings/calendar/").content.decode()
    assert secret not in again
    assert "by Thunderbird" in again


def test_it_shows_every_evening_of_my_groups(client: Client, joined: Member, group: Group, at: datetime) -> None:
    ours = MeetupFactory(group=group, starts_at=WINTER)
    declined = MeetupFactory(group=group, starts_at=SUMMER)
    MeetupFactory(group=group, starts_at=SUMMER, state="draft")
    MeetupFactory(group=group, starts_at=SUMMER, hidden_at=at)
    MeetupFactory(group=group, starts_at=at - timedelta(days=740))
    elsewhere = MeetupFactory(starts_at=WINTER)
    MeetupFactory(starts_at=WINTER)
    rsvps.answer(member=joined, meetup=declined, state="declined", at=at)
    rsvps.answer(member=joined, meetup=elsewhere, state="maybe", at=at)
    address = f"/calendar/{feeds.rotate(member=joined, at=at)}.ics"
    assert by_ical(client.get(address).content).keys() == {ours.uid, elsewhere.uid}


def test_it_shows_what_was_chosen(joined: Member, group: Group, at: datetime, signed_in: Any) -> None:
    other = MembershipFactory(member=joined).group
    ours, theirs = MeetupFactory(group=group, starts_at=WINTER), MeetupFactory(group=other, starts_at=WINTER)
    going = MeetupFactory(group=other, starts_at=SUMMER)
    rsvps.answer(member=joined, meetup=going, state="going", at=at)
    address = f"/calendar/{feeds.rotate(member=joined, at=at)}.ics"
    mine = signed_in(joined)
    tags = {mine.get(address)["ETag"]}
    assert by_ical(mine.get(address).content).keys() == {ours.uid, theirs.uid, going.uid}
    for chosen, shown in (
        ({"groups": [group.pk]}, {ours.uid, going.uid}),
        ({"groups": [group.pk, other.pk], "only_going": "on"}, {going.uid}),
        ({}, {going.uid}),
    ):
        with time_machine.travel(at + timedelta(minutes=len(tags)), tick=False):
            mine.post("/settings/calendar/", chosen)
        answer = mine.get(address)
        assert by_ical(answer.content).keys() == shown
        assert answer["ETag"] not in tags
        tags.add(answer["ETag"])


def test_a_group_of_others_is_never_chosen(member: Member, group: Group, at: datetime, signed_in: Any) -> None:
    feeds.rotate(member=member, at=at)
    mine = signed_in(member)
    mine.post("/settings/calendar/", {"groups": [group.pk], "only_going": "on"})
    feed = CalendarFeed.objects.get(member=member)
    assert (feed.only_going, list(feed.left_out.all())) == (False, [])


def test_a_new_address_shows_what_was_chosen_for_the_old(joined: Member, group: Group, at: datetime) -> None:
    feeds.rotate(member=joined, at=at)
    feeds.choose(member=joined, groups=[], only_going=True, at=at)
    feeds.rotate(member=joined, at=at)
    feed = CalendarFeed.objects.get(member=joined, revoked_at=None)
    assert (feed.only_going, list(feed.left_out.all())) == (True, [group])


def test_a_groups_evenings_leave_with_the_membership(
    client: Client, joined: Member, group: Group, at: datetime
) -> None:
    MeetupFactory(group=group, starts_at=WINTER)
    address = f"/calendar/{feeds.rotate(member=joined, at=at)}.ics"
    before = client.get(address)
    memberships.leave(member=joined, group=group, at=at)
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, by_ical(after.content)) == (200, {})


@pytest.mark.parametrize("number", [1, 3])
def test_the_cost_is_constant_and_a_304_is_one_query(
    client: Client, joined: Member, number: int, at: datetime, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        group = MembershipFactory(member=joined, group=GroupFactory()).group
        rsvps.answer(member=joined, meetup=MeetupFactory(group=group, starts_at=WINTER), state="maybe", at=at)
    address = f"/calendar/{feeds.rotate(member=joined, at=at)}.ics"
    client.get(address)
    with django_assert_num_queries(3):
        first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (second.status_code, len(by_ical(first.content))) == (304, number)


def test_what_it_holds_is_in_the_download(joined: Member, group: Group, at: datetime) -> None:
    feeds.rotate(member=joined, at=at)
    feeds.choose(member=joined, groups=[], only_going=True, at=at)
    feed = CalendarFeed.objects.get(member=joined)
    feeds.note_fetch(feed=feed, client="Thunderbird", at=at)
    assert list(exports.calendars(joined)) == [
        {
            "made_at": at.isoformat(),
            "ended_at": "",
            "only_going": True,
            "left_out": group.name,
            "last_fetched_at": at.isoformat(),
            "last_client": "Thunderbird",
        }
    ]


def test_someone_elses_feed_is_not_ended_by_mine(member: Member, at: datetime) -> None:
    theirs = MemberFactory()
    feeds.rotate(member=theirs, at=at)
    feeds.revoke(member=member, at=at)
    assert CalendarFeed.objects.filter(member=theirs, revoked_at=None).count() == 1
