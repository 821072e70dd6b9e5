"""From a topic on a phone to the recap: proposed, wanted, made a slot, put in order, published, spoken to, written up."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from meetups.actions import agenda, proposals
from meetups.models import Meetup, Recap
from tests.factories.community import GroupFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import TalkFactory
from tests.factories.meetups import AgendaItemFactory, MeetupFactory, SubjectFactory, TopicProposalFactory

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


JOINED = """[...(window.pilotlightLive?.streams.values() ?? [])].every((stream) => stream.isJoined)
  && [...(window.pilotlightLive?.streams.keys() ?? [])].some((name) => name.startsWith("meetup:"))"""


def where(read: Locator) -> float:
    box = read.bounding_box()
    assert box
    return box["y"]


def listen(page: Page, address: str) -> Page:
    page.goto(address)
    while not page.evaluate(JOINED):
        page.wait_for_timeout(50)
    page.evaluate("window.isTheSame = true")
    return page


def test_an_open_agenda_follows_others_and_keeps_its_place(page_of: Callable[..., Page]) -> None:
    group = GroupFactory()
    organiser = OrganiserFactory(group=group).member
    meetup = MeetupFactory(group=group, starts_at=timezone.now() + timedelta(days=7))
    slots = [AgendaItemFactory(meetup=meetup, title=f"Slot {number}", position=number) for number in range(12)]
    member = page_of(MembershipFactory(group=group).member, phone=True)
    for address in (f"{meetup.get_absolute_url()}agenda/", meetup.get_absolute_url()):
        listen(member, address)
        read = member.locator(f"#slot{slots[6].pk}")
        read.scroll_into_view_if_needed()
        read.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - 200)")
        before = where(read)
        facts = {"title": "A round of names", "minutes": 5, "kind": "peer"}
        first = agenda.add(actor=organiser, meetup=meetup, at=timezone.now(), **facts)
        agenda.move(actor=organiser, item=first, steps=-12, at=timezone.now())
        expect(member.locator(".timeline > li").first).to_contain_text("A round of names")
        assert abs(where(read) - before) < 1
        agenda.remove(actor=organiser, item=first, at=timezone.now())
        expect(member.locator(".timeline > li")).to_have_count(12)
        assert abs(where(read) - before) < 1
        assert member.evaluate("window.isTheSame") is True


def test_what_an_organiser_types_stays_while_others_vote_and_speak(page_of: Callable[..., Page]) -> None:
    group = GroupFactory()
    organiser = OrganiserFactory(group=group).member
    voter = MembershipFactory(group=group).member
    meetup = MeetupFactory(group=group, starts_at=timezone.now() + timedelta(days=7))
    slots = [AgendaItemFactory(meetup=meetup, title=f"Slot {number}", position=number) for number in range(3)]
    topic = TopicProposalFactory(group=group, title="Who reads a lease?")
    page = listen(page_of(organiser), f"{meetup.get_absolute_url()}agenda/")
    minutes = page.locator(f"#long{topic.pk}")
    minutes.fill("45")
    page.get_by_label("What about").fill("Half a ti")
    wanted = page.locator("#agenda-wanted li").first
    expect(wanted.locator("strong")).to_have_text("0")
    proposals.vote(member=voter, proposal=topic, is_on=True, at=timezone.now())
    expect(wanted.locator("strong")).to_have_text("1")
    expect(minutes).to_have_value("45")
    expect(page.get_by_label("What about")).to_have_value("Half a ti")
    expect(page.get_by_label("What about")).to_be_focused()

    handle = page.locator("[data-slots] > li").nth(2).locator("[data-handle]")
    handle.focus()
    page.keyboard.press("ArrowUp")
    agenda.remove(actor=organiser, item=slots[0], at=timezone.now())
    expect(page.locator(".timeline > li")).to_have_count(2)
    expect(page.get_by_text("Your order is still here")).to_be_visible()
    expect(page.locator("[data-slots] > li .slot-what a")).to_have_text(["Slot 0", "Slot 2", "Slot 1"])
    page.get_by_role("button", name="Keep this order").click()
    expect(page.locator(".timeline .name")).to_have_text(["Slot 2", "Slot 1"])
