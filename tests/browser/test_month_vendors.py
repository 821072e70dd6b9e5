"""The month: a vendor's event goes through a peer's hands, and its gift stands in the public book."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.services.site import Site

pytestmark = pytest.mark.browser


def test_a_vendors_event_is_approved_by_a_peer_and_labelled_everywhere(visit: Callable[..., Page], demo: Site) -> None:
    vendor = visit("vendor")
    vendor.goto("/sponsors/acme-backup/events/new/")
    vendor.get_by_label("Title", exact=False).first.fill("Ransomware table-top")
    vendor.locator("select[name=group]").select_option(label="Leeds IT Providers")
    vendor.locator("[name=starts_on]").fill((date.today() + timedelta(days=40)).isoformat())
    vendor.locator("[name=starts]").fill("10:00")
    vendor.locator("[name=ends]").fill("12:00")
    vendor.locator("[name=place]").fill("Whitehall Road, Leeds")
    vendor.locator("[name=summary]").fill("Two hours of deciding badly, safely.")
    vendor.locator("[name=body]").fill("Bring a **laptop**.")
    vendor.get_by_role("button", name="Send it to the group").click()
    page_address = "/sponsors/acme-backup/events/ransomware-table-top/"
    assert visit().request.get(demo.url + page_address).status == 404
    assert "Ransomware" not in visit().request.get(f"{demo.url}/groups/leeds-it-providers/calendar.ics").text()
    assert vendor.request.get(f"{demo.url}{page_address}review/").status in {403, 404}

    organiser = visit("organiser")
    organiser.goto("/groups/leeds-it-providers/sponsors/")
    organiser.get_by_role("listitem").filter(has_text="Ransomware").get_by_role("link", name="Read and decide").click()
    organiser.get_by_role("button", name="Publish it").click()

    visitor = visit()
    visitor.goto(page_address)
    expect(visitor.locator("main .vendor-label").first).to_be_visible()
    visitor.goto("/groups/leeds-it-providers/")
    expect(visitor.get_by_role("main")).to_contain_text("Ransomware table-top")
    visitor.goto("/meetups/")
    line = visitor.get_by_role("listitem").filter(has_text="Ransomware table-top")
    expect(line.locator(".vendor-label")).to_contain_text("Acme Backup")
    event = visitor.request.get(f"{demo.url}{page_address}event.ics").text().replace("\r\n ", "")
    assert re.search(r"SUMMARY:Ransomware table-top \[Acme Backup", event)


def test_a_gift_is_entered_and_the_book_balances(visit: Callable[..., Page], demo: Site) -> None:
    organiser = visit("organiser")
    organiser.goto("/groups/leeds-it-providers/sponsors/")
    organiser.get_by_role("link", name="Enter a gift in the ledger").click()
    organiser.locator("select[name=giver]").select_option(label="Acme Backup")
    organiser.locator("[name=amount]").first.fill("48.50")
    organiser.locator("[name=note]").fill("Twelve pizzas, journey")
    organiser.get_by_role("button", name="Put it in the book").click()
    visitor = visit()
    visitor.goto("/ledger/")
    expect(visitor.get_by_role("main")).to_contain_text("Twelve pizzas, journey")
    rows = list(csv.DictReader(io.StringIO(visitor.request.get(f"{demo.url}/ledger.csv").text())))
    assert list(rows[0]) == ["transaction", "date", "account", "group", "organisation", "amount", "currency", "note"]
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["transaction"], row["currency"]] += Decimal(row["amount"])
    assert set(sums.values()) == {Decimal(0)}
    assert sum("Twelve pizzas, journey" in row["note"] for row in rows) == 2
