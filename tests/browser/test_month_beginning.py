"""The month, first week: a group is started, a visitor finds one, answers, joins, takes its calendar home."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Page, expect

from tests.browser.conftest import link_in
from tests.services.site import Site

pytestmark = pytest.mark.browser


def test_a_group_is_started_with_a_year_of_evenings(visit: Callable[..., Page]) -> None:
    page = visit("newcomer")
    page.goto("/groups/new/")
    page.locator("main [name=name]").fill("Harrogate IT Supper")
    page.locator("main [name=town]").fill("Harrogate")
    page.locator("main [name=venue_name]").fill("The Bell")
    page.locator("main [name=venue_address]").fill("3 Parliament Street")
    page.get_by_role("button", name="Start the group").click()
    expect(page.get_by_role("heading", name="Help this one instead?")).to_be_visible()
    expect(page.get_by_role("link", name="Leeds IT Providers")).to_be_visible()
    page.get_by_role("button", name="Start ours all the same").click()
    expect(page.get_by_role("main")).to_contain_text("Harrogate IT Supper")
    page.goto("/groups/harrogate-it-supper/meetups/")
    expect(page.locator("main .leaf")).to_have_count(12)
    page.goto("/groups/harrogate-it-supper/")
    tabs = page.locator("nav.tabs a").all_inner_texts()
    assert "Meetups" in tabs
    assert "Talk" in tabs
    assert "Chat" not in tabs
    assert "Sponsors" not in tabs


def test_from_a_postcode_to_going_in_three_screens_and_three_fields(
    visit: Callable[..., Page], letters: Callable[[str], list[str]]
) -> None:
    page = visit(phone=True)
    began = time.monotonic()
    page.goto("/")  # the first screen, with the first field
    page.get_by_role("main").get_by_label("town or postcode", exact=False).fill("LS1 4AP")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=re.compile("8|evening|Leeds", re.IGNORECASE)).first.click()
    if "/meetups/" not in page.url:
        page.get_by_role("link", name="Put me down").first.click()
    page.get_by_label("Your name").fill("Saoirse Ní Bhriain")  # the second field
    page.get_by_label("Your e-mail").fill("saoirse@visitor.example")  # the third
    page.get_by_role("button", name="Put me down").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    letter = letters("saoirse@visitor.example")[-1]
    page.goto(link_in(letter, "/rsvp/confirm/"))
    expect(page.locator("#rsvp")).to_contain_text("You are going")
    assert time.monotonic() - began < 60
    page.goto("/settings/")
    expect(page.get_by_role("main")).to_contain_text("Saoirse")


def test_a_used_link_says_so(visit: Callable[..., Page], letters: Callable[[str], list[str]]) -> None:
    page = visit()
    page.goto("/groups/glasgow-tech-peers/")
    page.get_by_role("link", name="Put me down").first.click()
    page.get_by_label("Your name").fill("Twice")
    page.get_by_label("Your e-mail").fill("twice@visitor.example")
    page.get_by_role("button", name="Put me down").click()
    link = link_in(letters("twice@visitor.example")[-1], "/rsvp/confirm/")
    page.goto(link)
    expect(page.locator("#rsvp")).to_contain_text("You are going")
    other = visit()
    other.goto(link)
    expect(other.get_by_role("main")).to_contain_text(re.compile("used|no longer|expired", re.IGNORECASE))


def test_joining_asks_in_one_line_about_vendors(visit: Callable[..., Page]) -> None:
    page = visit("newcomer")
    page.goto("/groups/leeds-it-providers/")
    page.get_by_role("link", name="Join").or_(page.get_by_role("button", name="Join")).first.click()
    if "/join/" in page.url:
        expect(page.get_by_role("main")).to_contain_text(re.compile("vendor", re.IGNORECASE))
        page.locator("main form button").last.click()
    page.goto("/groups/leeds-it-providers/")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Latest talk")).to_be_visible()
    expect(main).to_contain_text("Olive Hargreaves")
    expect(main).to_contain_text("Acme Backup")
    expect(main.locator(".vendor-label").first).to_be_visible()


def test_a_groups_calendar_opens_in_two_readers(visit: Callable[..., Page], demo: Site) -> None:
    page = visit()
    answer = page.request.get(f"{demo.url}/groups/leeds-it-providers/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    body = answer.body()
    one = {
        str(event["UID"]): event["DTSTART"].dt.astimezone(UTC)
        for event in icalendar.Calendar.from_ical(body).walk("VEVENT")
    }
    other = {
        str(event.uid): event.dtstart.astimezone(UTC)
        for event in IcsCalendarStream.calendar_from_ics(body.decode()).events
    }
    assert one == other
    assert sum(starts > datetime.now(UTC) for starts in one.values()) >= 12


def test_my_own_calendar_shows_my_answer(visit: Callable[..., Page], demo: Site) -> None:
    page = visit("member")
    page.goto("/groups/leeds-it-providers/")
    page.get_by_role("main").get_by_role("link", name=re.compile("Leeds evening")).first.click()
    page.locator("#rsvp button[value=going]").first.click()
    expect(page.locator("#rsvp")).to_contain_text("You are going")
    page.goto("/settings/calendar/")
    page.get_by_role("button", name=re.compile("address")).first.click()
    address = page.get_by_label("Address of your calendar").input_value()
    body = visit().request.get(address).text()
    assert "Leeds evening" in body
    assert "You are going" in body.replace("\r\n ", "")
