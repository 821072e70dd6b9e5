"""A vendor writes an event, a free organiser lets it through, everyone meets it with its label; the gift is booked."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sponsors.models import LedgerTransaction, VendorEvent
from tests.factories.community import GroupFactory, OrganisationFactory, OrganiserFactory
from tests.factories.sponsors import RepresentativeFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of(live_site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page as this member, or as a visitor."""
    contexts: list[BrowserContext] = []

    def open_page(member: Any = None) -> Page:
        context = browser.new_context(base_url=live_site.url, locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(15_000)
        contexts.append(context)
        if member is not None:
            context.add_cookies([live_site.cookie(member)])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_from_the_vendors_form_to_the_groups_page_and_the_book(page_of) -> None:
    group = GroupFactory(name="Leeds IT Circle", slug="leeds")
    acme = OrganisationFactory(name="Acme Backup", slug="acme")
    rep = RepresentativeFactory(organisation=acme).member
    organiser = OrganiserFactory(group=group).member
    day = f"{timezone.now() + timedelta(days=14):%Y-%m-%d}"

    writer = page_of(rep)
    writer.goto("/sponsors/acme/events/new/")
    writer.get_by_label("Title").fill("What restoring taught us")
    writer.get_by_label("Which group it is for").select_option(label="Leeds IT Circle")
    writer.get_by_label("Day", exact=True).fill(day)
    writer.get_by_label("From").fill("18:30")
    writer.get_by_label("Until").fill("20:30")
    writer.get_by_label("Place").fill("The Fox")
    writer.get_by_label("In two sentences").fill("One bad weekend.")
    writer.get_by_label("The rest").fill("Bring **one** disk.")
    preview = writer.locator("#preview")
    expect(preview.locator("strong")).to_have_text("one")
    expect(preview).to_contain_text("Acme Backup, vendor")
    writer.get_by_role("button", name="Send it to the group").click()
    expect(writer.get_by_text("This page waits for the organisers")).to_be_visible()
    event = VendorEvent.objects.get()

    visitor = page_of()
    assert visitor.goto(event.get_absolute_url()).status == 404

    judge = page_of(organiser)
    judge.goto("/groups/leeds/sponsors/")
    judge.get_by_role("link", name="Read and decide").click()
    judge.get_by_role("button", name="Publish it").click()
    expect(judge.get_by_text("It is published.")).to_be_visible()

    for address in (event.get_absolute_url(), "/groups/leeds/", "/meetups/"):
        visitor.goto(address)
        expect(visitor.get_by_text("What restoring taught us").first).to_be_visible()
        expect(visitor.locator(".vendor-label", has_text="Acme Backup").first).to_be_visible()
    calendar = visitor.request.get("/groups/leeds/calendar.ics").text()
    assert event.uid in calendar.replace("\r\n ", "")

    judge.goto("/groups/leeds/sponsors/")
    judge.get_by_role("link", name="Enter a gift in the ledger").click()
    judge.get_by_label("Who paid or gave it").select_option(label="Acme Backup")
    judge.get_by_label("How much it is worth").fill("60")
    judge.get_by_label("In words").fill("Pizza for twelve")
    judge.get_by_role("button", name="Put it in the book").click()
    visitor.goto("/ledger/?group=leeds")
    row = visitor.locator("tr", has_text="Pizza for twelve")
    expect(row).to_contain_text("Acme Backup")
    expect(row).to_contain_text("£60")
    assert LedgerTransaction.objects.count() == 1
