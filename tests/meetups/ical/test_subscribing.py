"""The buttons under a feed, as each kind of calendar wants them."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from community.models import Group
from meetups.ical.subscribing import ways

FEED = "https://pilot.example/groups/leeds/calendar.ics"


def test_each_kind_of_calendar_has_its_link() -> None:
    links = ways(FEED, "Leeds & around")
    assert links["webcal"] == "webcal://pilot.example/groups/leeds/calendar.ics"
    assert links["plain"] == FEED
    google, outlook = urlsplit(links["google"]), urlsplit(links["outlook"])
    assert (google.netloc, parse_qs(google.query)) == ("calendar.google.com", {"cid": [links["webcal"]]})
    assert (outlook.netloc, parse_qs(outlook.query)) == (
        "outlook.live.com",
        {"url": [FEED], "name": ["Leeds & around"]},
    )


def test_the_pages_with_a_feed_have_the_buttons(client: Client, group: Group) -> None:
    feed = f"localhost:8000/groups/{group.slug}/calendar.ics"
    page = client.get(f"/groups/{group.slug}/meetups/").content.decode()
    assert [f'href="{scheme}://{feed}"' in page for scheme in ("webcal", "http")] == [True, True]
    assert "calendar.google.com" in page
    assert "outlook.live.com" in page
    assert 'href="webcal://localhost:8000/meetups/calendar.ics"' in client.get("/meetups/").content.decode()
