"""Two people in a room, in Chromium: one loses the line, and both end up with the same."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from chat.actions import messages
from chat.models import Message, Room
from tests.factories.chat import MessageFactory, RoomFactory
from tests.factories.community import MembershipFactory
from tests.services import chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": chromium.arguments()}


@pytest.fixture
def room(live_site) -> Room:
    return RoomFactory(is_main=True, title="The back room")


@pytest.fixture
def enter(live_site, room, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in the room, of a new member of the group, or of the one given."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, member: Any = None, **options: Any) -> Page:
        member = member or MembershipFactory(group=room.group, member__display_name=name).member
        context = browser.new_context(base_url=live_site.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.add_cookies([live_site.cookie(member)])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"{name}: {error}"))
        page.goto(f"/chat/{room.pk}/")
        expect(page.locator("#room")).to_have_attribute("data-line", "open")
        page.member = member
        return page

    yield open_page
    for context in contexts:
        context.close()


def write(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()


def words(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", each).strip() for each in page.locator(".said .said-text").all_inner_texts()]


def settled(page: Page, expected: list[str]) -> None:
    expect(page.locator(".said .said-text")).to_have_text(expected)
    expect(page.locator(".said-pending, .said-failed")).to_have_count(0)


def test_what_one_says_the_other_reads_at_once(enter):
    ada, bob = enter("Ada"), enter("Bob")
    write(ada, "Evening **all**")
    settled(bob, ["Evening all"])
    settled(ada, ["Evening all"])
    write(bob, "Evening, Ada")
    settled(ada, ["Evening all", "Evening, Ada"])
    assert ada.locator(".said-mine").count() == 1
    assert ada.locator(".chat-day").count() == 1


def test_gone_for_a_while_and_back_both_see_the_same(enter, room):
    ada, bob = enter("Ada"), enter("Bob")
    for text in ("One", "Two", "Three"):
        write(ada, text)
    settled(bob, ["One", "Two", "Three"])
    bob.context.set_offline(True)
    expect(bob.locator("#chat-state")).to_contain_text("You are offline. Keep writing")
    first, second, _ = Message.objects.order_by("seq")
    at = first.created_at
    messages.edit(author=ada.member, message=first, body="One, changed", at=at)
    messages.remove(author=ada.member, message=second, at=at)
    write(ada, "Four")
    write(bob, "From the tunnel")
    expect(bob.locator(".said-pending")).to_have_text(re.compile("From the tunnel"))
    expect(bob.locator(".said-state")).to_have_text(re.compile("Kept here"))
    bob.context.set_offline(False)
    expected = ["One, changed", "Taken back by its author.", "Three", "Four", "From the tunnel"]
    settled(bob, expected)
    settled(ada, expected)
    assert Message.objects.filter(body="From the tunnel").count() == 1
    expect(bob.locator("#chat-state")).to_be_empty()


def test_words_survive_a_reload_without_a_line_and_a_restart_of_the_server(enter, room, live_site):
    ada, bob = enter("Ada"), enter("Bob")
    live_site.stop()
    expect(ada.locator("#chat-state")).to_contain_text("The line is down", timeout=10_000)
    write(ada, "Said while the server was away")
    ada.get_by_label("Your message").fill("Half a sen")
    live_site.start()
    ada.reload()
    settled(ada, ["Said while the server was away"])
    settled(bob, ["Said while the server was away"])
    expect(ada.get_by_label("Your message")).to_have_value("Half a sen")
    assert Message.objects.count() == 1


def test_leaving_the_room_is_said_and_what_is_typed_stays(enter, room):
    from django.utils import timezone

    from community.actions import memberships

    ada, bob = enter("Ada"), enter("Bob")
    ada.get_by_label("Your message").fill("Unfinished")
    memberships.leave(member=ada.member, group=room.group, at=timezone.now())
    expect(ada.locator("#chat-state")).to_contain_text("no longer yours to follow", timeout=2_000)
    write(bob, "Where is Ada?")
    settled(bob, ["Where is Ada?"])
    assert words(ada) == []
    expect(ada.get_by_label("Your message")).to_have_value("Unfinished")


def test_a_refused_message_is_marked_and_can_be_changed(enter, room):
    ada = enter("Ada")
    Room.objects.update(closed_at=room.created_at)
    write(ada, "Too late?")
    expect(ada.locator(".said-failed")).to_contain_text("This room is closed")
    ada.get_by_role("button", name="Change it").click()
    expect(ada.get_by_label("Your message")).to_have_value("Too late?")
    expect(ada.locator(".said")).to_have_count(0)


def test_earlier_pages_come_above_and_live_lines_still_below(enter, room):
    MessageFactory.create_batch(130, room=room)
    ada = enter("Ada")
    assert ada.locator(".said").count() == 60
    for expected in (120, 130):
        ada.locator(".chat-earlier").scroll_into_view_if_needed()
        ada.locator(".chat-earlier").click()
        expect(ada.locator(".said")).to_have_count(expected)
    expect(ada.locator(".chat-earlier")).to_have_count(0)
    ada.locator(".chat-log").evaluate("log => { log.scrollTop = -log.scrollHeight }")
    bob = enter("Bob")
    write(bob, "Down here")
    expect(ada.locator(".said").last).to_contain_text("Down here")
    ada.get_by_role("link", name="Jump to now").click()
    expect(ada.locator(".said").last).to_be_in_viewport()


def test_a_long_absence_redraws_the_room_without_a_reload(enter, room, monkeypatch):
    from chat import queries

    monkeypatch.setattr(queries, "MOST_MISSED", 5)
    ada = enter("Ada")
    ada.evaluate("window.sameDocument = true")
    ada.context.set_offline(True)
    expect(ada.locator("#chat-state")).to_contain_text("offline")
    author = MembershipFactory(group=room.group).member
    MessageFactory.create_batch(20, room=room, author=author)
    ada.context.set_offline(False)
    expect(ada.locator(".said")).to_have_count(20)
    bob = enter("Bob")
    write(bob, "Live again")
    expect(ada.locator(".said").last).to_contain_text("Live again")
    assert ada.evaluate("window.sameDocument") is True


def test_answers_and_faces_reach_the_other_page_and_who_is_writing_is_said(enter):
    ada, bob = enter("Ada"), enter("Bob")
    write(ada, "Who has a spare rack?")
    settled(bob, ["Who has a spare rack?"])
    line = bob.locator(".said").first
    line.hover()
    line.get_by_role("link", name="Reply").click()
    expect(bob.locator(".chat-answers")).to_contain_text("Answering Ada")
    bob.get_by_label("Your message").press_sequentially("I h")
    expect(ada.locator("#chat-here")).to_have_text("Bob is writing…")
    write(bob, "I have one")
    settled(ada, ["Who has a spare rack?", "I have one"])
    expect(ada.locator(".said-answers")).to_have_text("Answers Ada")
    expect(bob.locator(".chat-answers")).to_be_hidden()
    first = ada.locator(".said").nth(1)
    first.hover()
    first.get_by_role("link", name="React").click()
    ada.get_by_role("button", name="Cheers").click()
    expect(bob.locator(".face")).to_contain_text("1")
    expect(ada.locator(".face-mine")).to_have_count(1)
    bob.locator(".face").click()
    expect(ada.locator(".face")).to_contain_text("2")
    ada.locator(".face").click()
    expect(bob.locator(".face")).to_contain_text("1")
    expect(ada.locator(".face-mine")).to_have_count(0)
