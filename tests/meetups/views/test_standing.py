"""One control for all dates, on the evening and on the group's page."""

from datetime import date

import pytest
from django.test import Client

from community.models import Group, Member
from meetups.models import Series, StandingRsvp
from tests.factories.meetups import SOON, MeetupFactory, SeriesFactory

pytestmark = pytest.mark.usefixtures("now")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def rhythm(group: Group) -> Series:
    made = SeriesFactory(group=group)
    MeetupFactory(group=group, series=made, occurs_on=date(2026, 12, 8), starts_at=SOON)
    return made


def test_pressed_on_an_evening_and_taken_back_on_the_groups_page(
    rhythm: Series, group: Group, joined: Member, signed_in
) -> None:
    client, meetup = signed_in(joined), rhythm.meetups.get()
    assert "I come every month" in text(client.get(meetup.get_absolute_url()))
    address = f"/groups/{group.slug}/meetups/series/{rhythm.pk}/every-time/"
    page = client.post(address, {"do": "begin", "meetup": meetup.pk}, follow=True)
    assert page.redirect_chain[0][0] == f"{meetup.get_absolute_url()}#rsvp"
    for words in ("You come every month now. You are put down for 1 date.", "You are going", "You come every month."):
        assert words in text(page)
    page = client.post(address, {"do": "end"}, follow=True)
    assert page.redirect_chain[0][0] == f"/groups/{group.slug}/meetups/"
    assert "1 date is free for others" in text(page)
    assert not StandingRsvp.objects.exists()


def test_visitors_and_evenings_by_themselves_have_no_such_control(
    rhythm: Series, joined: Member, signed_in, client: Client
) -> None:
    assert "I come every" not in text(client.get(rhythm.meetups.get().get_absolute_url()))
    alone = MeetupFactory(group=rhythm.group)
    assert "I come every" not in text(signed_in(joined).get(alone.get_absolute_url()))


def test_a_series_of_another_group_is_not_there(rhythm: Series, joined: Member, signed_in) -> None:
    other = SeriesFactory()
    address = f"/groups/{rhythm.group.slug}/meetups/series/{other.pk}/every-time/"
    assert signed_in(joined).post(address, {"do": "begin"}).status_code == 404
    assert not StandingRsvp.objects.exists()
