"""From a topic on a phone to the recap: proposed, wanted, made a slot, put in order, published, spoken to, written up."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from meetups.models import Meetup, Recap
from tests.factories.community import GroupFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import TalkFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, SubjectFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of(live_site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page as this member; `phone` makes it small."""
    contexts: list[BrowserContext] = []

    def open_page(member: Any, *, phone: bool = False) -> Page:
        size = {"width": 375, "height": 812} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(base_url=live_site.url, viewport=size, locale="en-GB")
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.add_cookies([live_site.cookie(member)])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_from_a_topic_to_the_recap(page_of: Callable[..., Page]) -> None:
    group = GroupFactory(name="Leeds IT Circle", slug="leeds")
    TalkFactory(group=group)
    SubjectFactory(name="Leases", slug="leases")
    starts = timezone.now() + timedelta(days=7)
    meetup = MeetupFactory(group=group, title="Leeds evening", starts_at=starts)
    AgendaItemFactory(meetup=meetup, title="Round the table", position=1)
    AgendaItemFactory(meetup=meetup, title="Pizza", kind="break", position=2)
    member = page_of(MembershipFactory(group=group).member, phone=True)
    organiser = page_of(OrganiserFactory(group=group).member)
    topics = f"/groups/{group.slug}/proposals/"
    agenda = f"{meetup.get_absolute_url()}agenda/"

    member.goto(topics)
    member.get_by_label("What should we talk about?").fill("Who reads a lease before signing?")
    member.get_by_label("Subject").select_option(label="Leases")
    member.get_by_role("button", name="Propose it").click()
    expect(member.get_by_role("heading", name="Who reads a lease before signing?")).to_be_visible()

    organiser.goto(topics)
    vote = organiser.locator(".vote-button")
    expect(vote).to_have_attribute("aria-pressed", "false")
    member.locator(".vote-button").click()
    expect(member.locator(".vote-button")).to_have_attribute("aria-pressed", "true")
    expect(vote).to_contain_text("1")  # the page of the other followed by itself
    assert member.evaluate("document.documentElement.scrollWidth") <= 375

    organiser.goto(agenda)
    organiser.get_by_role("button", name=re.compile("^Make it a slot")).click()
    lines = organiser.locator("[data-slots] > li")
    expect(lines).to_have_count(3)
    handle = lines.nth(2).locator("[data-handle]")
    handle.focus()
    organiser.keyboard.press("ArrowUp")
    organiser.get_by_role("button", name="Keep this order").click()
    expect(lines.nth(1)).to_contain_text("Who reads a lease")
    box, first = lines.nth(1).locator("[data-handle]").bounding_box(), lines.nth(0).bounding_box()
    assert box
    assert first
    organiser.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    organiser.mouse.down()
    organiser.mouse.move(first["x"] + 20, first["y"] + 4, steps=6)
    with organiser.expect_navigation():
        organiser.mouse.up()
    expect(lines.nth(0)).to_contain_text("Who reads a lease")
    organiser.get_by_role("button", name="Publish the agenda").click()
    expect(organiser.get_by_text("The agenda is out.")).to_be_visible()

    member.goto(agenda)
    member.get_by_role("button", name="I will speak on Who reads a lease before signing?").click()
    expect(member.get_by_text("It is yours.")).to_be_visible()

    over = timezone.now() - timedelta(hours=1)
    Meetup.objects.update(starts_at=over - timedelta(hours=2), ends_at=over)
    organiser.goto(f"{meetup.get_absolute_url()}recap/")
    expect(organiser.get_by_label("What was said")).to_have_value(re.compile("Who reads a lease before signing"))
    organiser.get_by_role("button", name="Preview").click()
    expect(organiser.locator(".composer-preview")).to_contain_text("What we talked about")
    organiser.get_by_role("button", name="Publish it").click()
    expect(organiser.locator(".posts")).to_contain_text("Who reads a lease before signing")
    assert Recap.objects.get().published_at is not None
