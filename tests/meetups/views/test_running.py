"""What organisers do, by status and content."""

import csv
import io
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client

from community.models import Group, Member
from meetups.models import Attendance, Meetup, Series, Venue
from tests.factories.community import MemberFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, RsvpFactory, VenueFactory

pytestmark = pytest.mark.usefixtures("now")

SignIn = Callable[[Member], Client]
PLAN = {
    "title": "Leeds IT evening",
    "rhythm": "weekday:2",
    "weekday": "1",
    "start_time": "18:30",
    "minutes": "120",
    "starts_on": "2026-12-01",
    "time_zone": "Europe/London",
    "guests_allowed": "0",
}
EVENING = {
    "title": "Cash flow",
    "day": "2026-12-10",
    "starts": "18:30",
    "ends": "20:30",
    "time_zone": "Europe/London",
    "guests_allowed": "1",
}


@pytest.fixture
def meetup(group: Group) -> Meetup:
    return MeetupFactory(group=group)


@pytest.fixture
def running(organiser: Member, signed_in: SignIn) -> Client:
    return signed_in(organiser)


def text(response) -> str:
    return response.content.decode()


def test_a_year_in_one_form(group: Group, running: Client) -> None:
    assert running.get(f"/groups/{group.slug}/meetups/plan/").status_code == 200
    response = running.post(f"/groups/{group.slug}/meetups/plan/", PLAN, follow=True)
    page = text(response)
    assert "12 evenings are planned." in page
    assert "Second Tuesday of the month, 18:30" in page
    assert Meetup.objects.filter(group=group).count() == 12


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"time_zone": "Europe/Ledes"}, "is not a time zone we know"),
        ({"ends_on": "2026-11-01"}, "It must end after it begins."),
        ({"ends_on": "2026-12-05"}, "That rhythm has no date between these two days."),
        ({"rhythm": "day:", "month_day": ""}, "Which day of the month?"),
        ({"rhythm": "day:", "month_day": "32"}, "less than or equal to 31"),
    ],
)
def test_rules_that_cannot_be_are_explained(group: Group, running: Client, other, words: str) -> None:
    response = running.post(f"/groups/{group.slug}/meetups/plan/", PLAN | other)
    assert (response.status_code, words in text(response)) == (422, True)
    assert 'value="Leeds IT evening"' in text(response)
    assert not Series.objects.exists()


def test_one_evening(group: Group, running: Client) -> None:
    running.post(f"/groups/{group.slug}/meetups/new/", EVENING)
    meetup = Meetup.objects.get()
    assert (meetup.local_start.date(), meetup.local_start.time()) == (date(2026, 12, 10), time(18, 30))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"ends": "18:00"}, "It must end after it starts."),
        ({"day": "2026-11-10"}, "That date has passed."),
        ({"time_zone": "Leeds"}, "is not a time zone we know"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"guests_allowed": "400"}, "less than or equal to 10"),
    ],
)
def test_evenings_that_cannot_be_are_explained(group: Group, running: Client, other, words: str) -> None:
    response = running.post(f"/groups/{group.slug}/meetups/new/", EVENING | other)
    assert (response.status_code, words in text(response)) == (422, True)
    assert not Meetup.objects.exists()


def test_a_copy_starts_from_the_other_and_of_this_group_only(meetup: Meetup, group: Group, running: Client) -> None:
    AgendaItemFactory(meetup=meetup, title="Welcome")
    url = f"/groups/{group.slug}/meetups/new/?copy={meetup.pk}"
    assert meetup.title in text(running.get(url))
    running.post(url, EVENING)
    twin = Meetup.objects.exclude(pk=meetup.pk).get()
    assert [item.title for item in twin.agenda_items.all()] == ["Welcome"]
    elsewhere = MeetupFactory(title="Of others")
    assert "Of others" not in text(running.get(f"/groups/{group.slug}/meetups/new/?copy={elsewhere.pk}"))


def test_fewer_seats_than_people_are_kept_and_shown(meetup: Meetup, running: Client) -> None:
    for _ in range(3):
        RsvpFactory(meetup=meetup)
    given = EVENING | {"day": "2026-12-08", "title": meetup.title, "capacity": "2"}
    response = running.post(f"{meetup.get_absolute_url()}edit/", given, follow=True)
    assert "3 people are going and 2 seats are set: everyone keeps their seat" in text(response)
    meetup.refresh_from_db()
    assert (meetup.capacity, meetup.excess_seats, meetup.seats_taken) == (2, 1, 3)


def test_cancelling_from_the_page(meetup: Meetup, running: Client) -> None:
    assert "everyone is told" in text(running.get(f"{meetup.get_absolute_url()}cancel/"))
    response = running.post(f"{meetup.get_absolute_url()}cancel/", {"why": "The Fox is flooded."}, follow=True)
    assert "The Fox is flooded." in text(response)


@pytest.mark.parametrize("page", ["edit/", "cancel/", "check-in/", "check-in/door.csv"])
def test_members_are_told_why_not(meetup: Meetup, joined: Member, signed_in: SignIn, client: Client, page: str) -> None:
    response = signed_in(joined).get(f"{meetup.get_absolute_url()}{page}")
    assert (response.status_code, "Only the organisers of this group can do that." in text(response)) == (403, True)
    assert client.get(f"{meetup.get_absolute_url()}{page}").status_code == 302


def test_places_are_kept_and_corrected(group: Group, running: Client) -> None:
    running.post(f"/groups/{group.slug}/venues/", {"name": "The Fox", "address": "1 Kirkgate"})
    place = Venue.objects.get()
    response = running.post(
        f"/groups/{group.slug}/venues/{place.pk}/", {"name": "The Fox", "address": "2 Kirkgate"}, follow=True
    )
    assert "2 Kirkgate" in text(response)
    other = VenueFactory()
    assert running.get(f"/groups/{group.slug}/venues/{other.pk}/").status_code == 404


def test_at_the_door(meetup: Meetup, running: Client) -> None:
    member = RsvpFactory(
        meetup=meetup, member=MemberFactory(display_name="Ann", email="ann@example.org"), guests=1
    ).member
    stranger = MemberFactory()
    url = f"{meetup.get_absolute_url()}check-in/"
    with time_machine.travel(meetup.starts_at - timedelta(minutes=5), tick=False):
        page = text(running.get(url))
        assert "Ann" in page
        assert "ann@example.org" not in page
        assert running.post(url, {"do": "check-in", "member": member.pk}).status_code == 302
        assert running.post(url, {"do": "check-in", "member": stranger.pk}).status_code == 404
        running.post(url, {"do": "walk-in", "name": "=Zoe"})
        swap = running.post(
            url, {"do": "undo", "attendance": Attendance.objects.get(member=member).pk}, headers={"HX-Request": "true"}
        )
        assert (swap.status_code, "<html" in text(swap)) == (200, False)
        running.post(url, {"do": "check-in", "member": member.pk})
        assert running.post(url, {"do": "walk-in", "name": ""}).status_code == 422
        rows = list(csv.reader(io.StringIO(text(running.get(f"{url}door.csv")))))
    assert rows == [["name", "guests", "came", "note"], ["Ann", "1", "yes", ""], ["'=Zoe", "0", "yes", "walked in"]]


def test_too_early_at_the_door(meetup: Meetup, running: Client) -> None:
    member = RsvpFactory(meetup=meetup).member
    response = running.post(f"{meetup.get_absolute_url()}check-in/", {"do": "check-in", "member": member.pk})
    assert (response.status_code, "three hours" in text(response)) == (403, True)
    assert not Attendance.objects.exists()
