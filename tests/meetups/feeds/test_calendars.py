"""Calendars over HTTP: the right instants in two other people's readers, validators, and nobody's secrets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client

from community.models import Group, Member
from meetups.models import Meetup
from tests.factories.community import GroupFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, SubjectFactory, VenueFactory
from tests.factories.sponsors import VendorEventFactory
from tests.meetups.readers import by_ical, by_icalendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("winter")]
SUMMER, WINTER = datetime(2027, 7, 13, 17, 30, tzinfo=UTC), datetime(2027, 1, 12, 18, 30, tzinfo=UTC)


@pytest.fixture
def winter() -> Any:
    """A clock of our own, so that these evenings are always to come."""
    with time_machine.travel(datetime(2026, 12, 1, 15, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def evenings(group: Group) -> list[Meetup]:
    """18:30 in Leeds on either side of a change of clocks."""
    venue = VenueFactory(group=group, name="The Fox", address="12 Kirkgate", latitude=53.79, longitude=-1.54)
    return [MeetupFactory(group=group, venue=venue, starts_at=starts) for starts in (WINTER, SUMMER)]


def test_two_readers_see_the_same_instants(client: Client, group: Group, evenings: list[Meetup]) -> None:
    body = client.get(f"/groups/{group.slug}/calendar.ics").content
    true = {each.uid: (each.starts_at, each.ends_at) for each in evenings}
    assert by_icalendar(body) == true
    assert by_ical(body) == true
    assert b"DTSTART;TZID=Europe/London:20270112T183000" in body
    assert b"DTSTART;TZID=Europe/London:20270713T183000" in body


def test_lines_end_as_they_must_and_fold(client: Client, group: Group) -> None:
    MeetupFactory(group=group, title="Überlange Abende und ليلى; Kosten, Verträge" * 2, starts_at=WINTER)
    lines = client.get(f"/groups/{group.slug}/calendar.ics").content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)


def test_a_cancelled_evening_stays_and_says_so(client: Client, group: Group) -> None:
    MeetupFactory(group=group, starts_at=WINTER, state="cancelled", cancelled_why="The pub flooded", sequence=1)
    event = icalendar.Calendar.from_ical(client.get(f"/groups/{group.slug}/calendar.ics").content).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_drafts_and_links_to_join_are_nowhere_public(client: Client, group: Group) -> None:
    draft = MeetupFactory(group=group, starts_at=WINTER, state="draft", title="Not yet")
    online = MeetupFactory(group=group, starts_at=SUMMER, online_url="https://join.example/secret-room")
    addresses = [f"/groups/{group.slug}/calendar.ics", "/meetups/calendar.ics"]
    addresses.append(f"/meetups/{online.pk}/{online.slug}/event.ics")
    for address in addresses:
        body = client.get(address).content
        assert b"secret-room" not in body
        assert b"Not yet" not in body
    assert client.get(f"/meetups/{draft.pk}/{draft.slug}/event.ics").status_code == 404


def test_a_vendors_event_wears_its_label(client: Client, group: Group) -> None:
    VendorEventFactory(group=group, state="approved", title="Restore day", starts_at=WINTER, settled_at=WINTER)
    VendorEventFactory(group=group, state="waiting", title="Unapproved pitch", starts_at=WINTER)
    body = client.get(f"/groups/{group.slug}/calendar.ics").content.replace(b"\r\n ", b"")
    assert b"vendor]" in body
    assert b"Unapproved pitch" not in body


@pytest.mark.parametrize("number", [1, 3])
def test_the_cost_is_constant_and_a_304_is_one_query(
    client: Client, group: Group, number: int, django_assert_num_queries: Any
) -> None:
    for month in range(number):
        MeetupFactory(group=group, starts_at=WINTER + timedelta(days=28 * month))
    address = f"/groups/{group.slug}/calendar.ics"
    with django_assert_num_queries(3):
        first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert not first["ETag"].startswith("W/")


def test_the_etag_follows_a_change_and_not_the_clock(client: Client, group: Group, evenings: list[Meetup]) -> None:
    address = f"/groups/{group.slug}/calendar.ics"
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        before = client.get(address)
    with time_machine.travel(datetime(2026, 12, 2, 9, tzinfo=UTC), tick=False):
        later = client.get(address)
        assert (later["ETag"], later.content) == (before["ETag"], before.content)
        Meetup.objects.filter(pk=evenings[0].pk).update(changed_at=datetime(2026, 12, 2, 8, tzinfo=UTC), sequence=1)
        assert client.get(address)["ETag"] != before["ETag"]


def test_head_answers_like_get(client: Client, group: Group, evenings: list[Meetup]) -> None:
    address = f"/groups/{group.slug}/calendar.ics"
    got, head = client.get(address), client.head(address)
    assert (head.status_code, head["ETag"], head.content) == (200, got["ETag"], b"")


class TestPage:
    """The joined calendar."""

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize("query", ["", "?view=month&month=2027-01"])
    def test_it_costs_five_queries(
        self, client: Client, number: int, query: str, django_assert_num_queries: Any
    ) -> None:
        titles = [MeetupFactory(starts_at=WINTER, group=GroupFactory()).title for _ in range(number)]
        with django_assert_num_queries(5):
            page = client.get(f"/meetups/{query}").content.decode()
        assert all(title in page for title in titles)

    @pytest.mark.parametrize("number", [1, 3])
    def test_lines_say_what_a_published_agenda_is_about(
        self, client: Client, number: int, django_assert_num_queries: Any
    ) -> None:
        cash, law, locks, secret = (SubjectFactory(name=name) for name in ("Cash", "Law", "Locks", "Secret"))
        for each in range(number):
            out = MeetupFactory(starts_at=WINTER + timedelta(days=each), agenda_published_at=WINTER)
            for subject in (cash, cash, law, locks):
                AgendaItemFactory(meetup=out, subject=subject)
            AgendaItemFactory(meetup=MeetupFactory(starts_at=WINTER), subject=secret)
        with django_assert_num_queries(6):
            page = client.get("/meetups/").content.decode().partition("</header>")[2]
        seen = [page.count(f'<span class="badge">{name}</span>') for name in ("Cash", "Law", "Locks", "Secret")]
        assert (seen, page.count("and more")) == ([number, number, 0, 0], number)
        month = client.get("/meetups/?view=month&month=2027-01").content.decode()
        assert month.count(": Cash, Law</span>") == number

    def test_my_groups_only(self, signed_in: Callable[[Member], Client], joined: Member, group: Group) -> None:
        mine = MeetupFactory(starts_at=WINTER, group=group, title="Evening of ours")
        MeetupFactory(starts_at=WINTER, title="Evening of others")
        page = signed_in(joined).get("/meetups/?whose=mine").content.decode()
        assert mine.title in page
        assert "Evening of others" not in page

    def test_a_month_that_is_none_is_this_month(self, client: Client) -> None:
        assert "December 2026" in client.get("/meetups/?view=month&month=never").content.decode()

    def test_nothing_planned_offers_a_first_step(self, client: Client) -> None:
        assert "No evening is planned yet" in client.get("/meetups/").content.decode()
