"""A group begins on one page."""

from collections.abc import Callable

import pytest
from django.test import Client

from chat.models import Room
from community.models import Group, Member, Membership
from forum.models import Category
from meetups.models import Meetup, Venue
from tests.factories.community import GroupFactory

pytestmark = pytest.mark.usefixtures("now")

SignIn = Callable[[Member], Client]
URL = "/groups/new/"
TYPED = {
    "name": "York IT evening",
    "town": "York",
    "rhythm": "weekday:2",
    "weekday": "1",
    "start_time": "18:30",
    "minutes": "120",
    "venue_name": "The Fox",
    "venue_address": "1 Kirkgate",
    "topic": "Getting paid on time",
}


def text(response) -> str:
    return response.content.decode()


def test_a_name_a_town_a_rhythm_and_the_year_is_planned(member: Member, signed_in: SignIn) -> None:
    client = signed_in(member)
    assert client.get(URL).status_code == 200
    response = client.post(URL, TYPED, follow=True)
    group = Group.objects.get()
    assert (group.place_name, group.topic, group.time_zone) == ("York", "Getting paid on time", "Europe/London")
    assert Membership.objects.get().role == "organiser"
    assert (Meetup.objects.count(), Venue.objects.get().name) == (12, "The Fox")
    assert group.next_meetup_url == Meetup.objects.order_by("starts_at")[0].get_absolute_url()
    assert (Category.objects.filter(group=group).count(), Room.objects.filter(group=group).count()) == (1, 1)
    page = text(response)
    assert response.redirect_chain[-1][0] == f"/groups/{group.slug}/meetups/invite/"
    for words in (
        "York IT evening is live, with 12 evenings planned.",
        "Second Tuesday of the month, 18:30",
        f"/groups/{group.slug}/",
    ):
        assert words in page


def test_groups_nearby_come_first_and_nobody_is_stopped(member: Member, signed_in: SignIn) -> None:
    GroupFactory(name="York peers", latitude=53.96, longitude=-1.08)
    GroupFactory(name="Far away", latitude=50.7, longitude=-3.5)
    client = signed_in(member)
    page = text(client.post(URL, TYPED))
    assert "Help this one instead?" in page
    assert "York peers" in page
    assert "Far away" not in page
    assert 'value="York IT evening"' in page
    assert Group.objects.count() == 2
    client.post(URL, TYPED | {"anyway": "York"})
    assert Group.objects.filter(name="York IT evening").count() == 1


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"town": "Zzyzxqq"}, "We do not know that place."),
        ({"town": "BT1 1AA"}, "Northern Ireland"),
        ({"rhythm": "day:"}, "Which day of the month?"),
        ({"start_time": "half six"}, "Enter a valid time."),
    ],
)
def test_what_cannot_be_is_explained_and_kept(member: Member, signed_in: SignIn, other, words: str) -> None:
    response = signed_in(member).post(URL, TYPED | other)
    assert (response.status_code, words in text(response)) == (422, True)
    assert 'value="York IT evening"' in text(response)
    assert not Group.objects.exists()


def test_a_visitor_signs_in_and_finds_their_words(member: Member, client: Client) -> None:
    response = client.post(URL, TYPED)
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/groups/new/")
    client.force_login(member)
    page = text(client.get(URL))
    assert 'value="York IT evening"' in page
    assert 'value="Getting paid on time"' in page
    assert 'value="York IT evening"' not in text(client.get(URL))


def test_a_rule_that_fails_leaves_nothing_behind(
    member: Member, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(member)
    monkeypatch.setattr("meetups.actions.series.ahead", lambda *_: [])
    response = client.post(URL, TYPED)
    assert (response.status_code, "That rhythm has no date." in text(response)) == (422, True)
    assert (Group.objects.count(), Venue.objects.count(), Meetup.objects.count()) == (0, 0, 0)
