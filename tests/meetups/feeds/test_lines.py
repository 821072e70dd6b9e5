"""What each line of a calendar says, against RFC 5545 and 7986, and that three readers understand it alike."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.test import Client

from community.actions import groups
from community.models import Group, Member
from meetups.actions import feeds, rsvps, venues
from meetups.models import Meetup
from tests.factories.meetups import MeetupFactory, SeriesFactory, VenueFactory
from tests.factories.sponsors import PublishedEventFactory
from tests.meetups.readers import IcalJs, by_ical, by_icalendar

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
WINTER = datetime(2027, 1, 12, 18, 30, tzinfo=UTC)
ZONES = ("Europe/London", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "UTC")


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def the_event(client: Client, group: Group) -> icalendar.Event:
    return icalendar.Calendar.from_ical(client.get(f"/groups/{group.slug}/calendar.ics").content).walk("VEVENT")[0]


def test_three_readers_see_the_same_instants_in_every_feed(
    client: Client, joined: Member, group: Group, at: datetime, ical_js: IcalJs
) -> None:
    venue = VenueFactory(group=group, latitude=53.79, longitude=-1.54)
    series = SeriesFactory(group=group, title="Évening; with, commas")
    for zone in ZONES:
        for month in (0, 4, 9):
            starts = WINTER + timedelta(days=30 * month)
            about = "Zeile eins\nليلى, ; \\ und mehr " * 8
            MeetupFactory(
                group=group,
                series=series,
                venue=venue,
                time_zone=zone,
                starts_at=starts,
                about=about,
                about_html="<p>x</p>",
            )
    MeetupFactory(group=group, starts_at=WINTER, state="cancelled", sequence=2)
    online = MeetupFactory(group=group, starts_at=WINTER, online_url="https://join.example/room?a=1;b=2,3")
    rsvps.answer(member=joined, meetup=online, state="going", at=at)
    event = PublishedEventFactory(group=group, starts_at=WINTER)
    secret = feeds.rotate(member=joined, at=at)
    evenings = {each.uid: (each.starts_at, each.ends_at) for each in Meetup.objects.all()}
    true = {
        f"/groups/{group.slug}/calendar.ics": evenings | {event.uid: (event.starts_at, event.ends_at)},
        "/meetups/calendar.ics": evenings,
        f"/calendar/{secret}.ics": evenings,
        f"/meetups/{online.pk}/{online.slug}/event.ics": {online.uid: (online.starts_at, online.ends_at)},
        f"/sponsors/{event.organisation.slug}/events/{event.slug}/event.ics": {
            event.uid: (event.starts_at, event.ends_at)
        },
    }
    bodies = {address: client.get(address).content for address in true}
    assert {address: by_icalendar(body) for address, body in bodies.items()} == true
    assert {address: by_ical(body) for address, body in bodies.items()} == true
    assert dict(zip(true, ical_js.read(*bodies.values()), strict=True)) == true


def test_a_feed_says_what_it_is(client: Client, group: Group) -> None:
    MeetupFactory(group=group, starts_at=WINTER)
    body = client.get(f"/groups/{group.slug}/calendar.ics").content.decode()
    head = body.split("BEGIN:VTIMEZONE")[0].split("\r\n")
    assert sorted(head[1:-1]) == sorted(
        [
            "VERSION:2.0",
            "PRODID:-//Pilot Light//Meetups//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{group.name}",
            f"X-WR-CALNAME:{group.name}",
            "X-WR-TIMEZONE:Europe/London",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
            f"URL:http://localhost:8000/groups/{group.slug}/",
        ]
    )
    assert "ATTENDEE" not in body
    assert "ORGANIZER" not in body


def test_stamps_come_from_the_row(client: Client, group: Group) -> None:
    changed = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)
    MeetupFactory(group=group, starts_at=WINTER, sequence=3, changed_at=changed, uid="abc@example.org")
    event = the_event(client, group)
    assert (event["UID"], event["SEQUENCE"]) == ("abc@example.org", 3)
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (changed, changed)


def test_dates_of_a_series_are_joined(client: Client, group: Group) -> None:
    series = SeriesFactory(group=group, title="Leeds IT evening")
    for month in range(2):
        MeetupFactory(group=group, series=series, starts_at=WINTER + timedelta(days=28 * month))
    alone = MeetupFactory(group=group, starts_at=WINTER + timedelta(days=90))
    body = client.get(f"/groups/{group.slug}/calendar.ics").content
    events = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(body).walk("VEVENT")}
    last = events.pop(alone.uid)
    assert {str(each["RELATED-TO"]) for each in events.values()} == {f"series-{series.pk}@localhost"}
    assert {tuple(each["CATEGORIES"].cats) for each in events.values()} == {(group.name, "Leeds IT evening")}
    assert "RELATED-TO" not in last
    assert list(last["CATEGORIES"].cats) == [group.name]


def test_where_it_is_and_what_it_is(client: Client, group: Group) -> None:
    venue = VenueFactory(group=group, name="The Fox", address="12 Kirkgate, Leeds", latitude=53.79, longitude=-1.54)
    MeetupFactory(
        group=group,
        venue=venue,
        starts_at=WINTER,
        about="Bring *one* question.",
        about_html="<p>Bring <em>one</em> question.</p>",
    )
    event = the_event(client, group)
    assert event["LOCATION"] == "The Fox, 12 Kirkgate, Leeds"
    assert event["GEO"].to_ical() == "53.79;-1.54"
    assert event["DESCRIPTION"].startswith("Bring *one* question.")
    assert event["X-ALT-DESC"] == "<p>Bring <em>one</em> question.</p>"
    assert event["X-ALT-DESC"].params["FMTTYPE"] == "text/html"


def test_two_years_are_kept(client: Client, group: Group) -> None:
    kept = MeetupFactory(group=group, starts_at=NOW - timedelta(days=725))
    MeetupFactory(group=group, starts_at=NOW - timedelta(days=740))
    assert by_ical(client.get(f"/groups/{group.slug}/calendar.ics").content).keys() == {kept.uid}


def test_a_place_corrected_is_a_change_of_place(client: Client, group: Group, organiser: Member, at: datetime) -> None:
    venue = VenueFactory(group=group, name="The Fox", address="12 Kirkgate")
    MeetupFactory(group=group, venue=venue, starts_at=WINTER)
    before = client.get(f"/groups/{group.slug}/calendar.ics")
    later = at + timedelta(hours=1)
    venues.amend(
        actor=organiser, venue=venue, name="The Fox", address="12 Kirkgate", access_notes="Side door", at=later
    )
    address = f"/groups/{group.slug}/calendar.ics"
    assert client.get(address, headers={"if-none-match": before["ETag"]}).status_code == 304
    venues.amend(actor=organiser, venue=venue, name="The Fox", address="14 Kirkgate", access_notes="", at=later)
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    event = icalendar.Calendar.from_ical(after.content).walk("VEVENT")[0]
    assert (event["LOCATION"], event["SEQUENCE"], event["DTSTAMP"].dt) == ("The Fox, 14 Kirkgate", 1, later)


def test_another_name_of_the_group_shows_everywhere(
    client: Client, group: Group, organiser: Member, at: datetime
) -> None:
    meetup = MeetupFactory(group=group, starts_at=WINTER)
    MeetupFactory(starts_at=WINTER, group__name="Zeta")
    rsvps.answer(member=organiser, meetup=meetup, state="going", at=at)
    secret = feeds.rotate(member=organiser, at=at)
    addresses = [
        f"/groups/{group.slug}/calendar.ics",
        "/meetups/calendar.ics",
        f"/calendar/{secret}.ics",
        f"/meetups/{meetup.pk}/{meetup.slug}/event.ics",
    ]
    before = {address: client.get(address)["ETag"] for address in addresses}
    groups.amend(actor=organiser, group=group, name="Leeds and around", at=at + timedelta(hours=1))
    for address, tag in before.items():
        after = client.get(address, headers={"if-none-match": tag})
        assert (after.status_code, b"Leeds and around" in after.content.replace(b"\r\n ", b"")) == (200, True), address


def test_one_hidden_and_another_shown_is_a_change(client: Client, group: Group, at: datetime) -> None:
    hidden = MeetupFactory(group=group, starts_at=WINTER, hidden_at=at)
    shown = MeetupFactory(group=group, starts_at=WINTER)
    tags = []
    for _ in range(2):
        tags.append(client.get(f"/groups/{group.slug}/calendar.ics")["ETag"])
        Meetup.objects.filter(pk=hidden.pk).update(hidden_at=None)
        Meetup.objects.filter(pk=shown.pk).update(hidden_at=at)
    assert tags[0] != tags[1]


@pytest.mark.parametrize("number", [1, 3])
def test_a_304_of_the_joined_feed_and_of_one_evening_is_one_query(
    client: Client, group: Group, number: int, django_assert_num_queries: Any
) -> None:
    for month in range(number):
        evening = MeetupFactory(group=group, starts_at=WINTER + timedelta(days=28 * month))
    for address in ("/meetups/calendar.ics", f"/meetups/{evening.pk}/{evening.slug}/event.ics"):
        first = client.get(address)
        with django_assert_num_queries(1):
            tagged = client.get(address, headers={"if-none-match": first["ETag"]})
        with django_assert_num_queries(1):
            dated = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
        assert (tagged.status_code, dated.status_code) == (304, 304)
