"""Open pages that others change, in Chromium: a topic, an evening."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from community.models import Block, Group, Member
from forum.actions import posts
from live.changes import changed
from meetups.actions import rsvps
from meetups.models import Meetup
from tests.factories.community import GroupFactory, MembershipFactory
from tests.factories.forum import TalkFactory, TopicFactory
from tests.factories.meetups import MeetupFactory
from tests.factories.notifications import NoticeFactory

pytestmark = pytest.mark.browser

JOINED = "[...(window.pilotlightLive?.streams.values() ?? [])].every((stream) => stream.isJoined) && window.pilotlightLive?.streams.size > 1"
"""The bell and the page all listen."""


@pytest.fixture
def here(live_site) -> Group:
    return GroupFactory()


@pytest.fixture
def look_at(live_site, browser: Browser) -> Iterator[Callable[[str, Member], Page]]:
    contexts: list[BrowserContext] = []

    def open_page(address: str, member: Member) -> Page:
        context = browser.new_context(base_url=live_site.url)
        context.set_default_timeout(10_000)
        context.add_cookies([live_site.cookie(member)])
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        while not page.evaluate(JOINED):
            page.wait_for_timeout(50)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_replies_are_announced_and_shown_when_asked_for(look_at, here: Group) -> None:
    topic = TopicFactory(category=TalkFactory(group=here), posts=2)
    ada, bob = (MembershipFactory(group=here).member for _ in range(2))
    page = look_at(topic.get_absolute_url(), ada)
    line = page.locator("#arrivals a")
    expect(line).to_be_hidden()
    posts.reply(author=bob, topic=topic, body="One more thing", client_key="a" * 32, at=timezone.now())
    expect(line).to_have_text("1 new reply")
    posts.reply(author=bob, topic=topic, body="And another", client_key="b" * 32, at=timezone.now())
    expect(line).to_have_text("2 new replies")
    page.get_by_label("Your reply").fill("Half a sen")
    top = page.locator("#p2").bounding_box()
    assert page.locator("article.post").count() == 2
    line.click()
    expect(page.locator("article.post .prose")).to_have_count(4)
    expect(page.locator("#p4 .prose")).to_have_text("And another")
    expect(line).to_be_hidden()
    expect(page.get_by_label("Your reply")).to_have_value("Half a sen")
    assert page.locator("#p2").bounding_box() == top
    expect(page.locator("#p3")).to_be_focused()


def test_who_is_writing_is_said_to_other_members_and_forgotten_when_they_are_done(look_at, here: Group) -> None:
    topic = TopicFactory(category=TalkFactory(group=here))
    ada = MembershipFactory(group=here).member
    bob = MembershipFactory(group=here, member__display_name="Bob Quill").member
    deaf = MembershipFactory(group=here).member
    Block.objects.create(member=deaf, blocked=bob, created_at=timezone.now())
    pages = [look_at(topic.get_absolute_url(), who) for who in (ada, bob, deaf)]
    pages[1].get_by_label("Your reply").fill("Half a sen")
    expect(pages[0].locator("#composing")).to_have_text("Bob Quill is writing…")
    pages[1].get_by_role("button", name="Post the reply").click()
    expect(pages[0].locator("#arrivals a")).to_have_text("1 new reply")
    expect(pages[0].locator("#composing")).to_be_empty()
    expect(pages[2].locator("#arrivals a")).to_have_text("1 new reply")
    expect(pages[2].locator("#composing")).to_be_empty()


def test_the_bell_is_right_again_after_a_lost_line(look_at, here: Group) -> None:
    ada = MembershipFactory(group=here).member
    page = look_at(TopicFactory(category=TalkFactory(group=here)).get_absolute_url(), ada)
    page.context.set_offline(True)
    NoticeFactory(recipient=ada)
    changed("inbox")
    page.context.set_offline(False)
    expect(page.locator("[data-inbox]")).to_have_text("1")


def test_seats_follow_the_answers_of_others(look_at, here: Group) -> None:
    meetup: Meetup = MeetupFactory(group=here, capacity=5, starts_at=timezone.now() + timedelta(days=3))
    ada = MembershipFactory(group=here).member
    bob = MembershipFactory(group=here, member__display_name="Bob Quill").member
    page = look_at(meetup.get_absolute_url(), ada)
    expect(page.locator(".seats")).to_contain_text("0 of 5 seats taken")
    rsvps.answer(member=bob, meetup=meetup, state="going", guests=0, at=timezone.now())
    expect(page.locator(".seats")).to_contain_text("1 of 5 seats taken")
    expect(page.locator("#who")).to_contain_text("Bob Quill")
    page.get_by_role("button", name="Put me down").click()
    expect(page.locator("#rsvp")).to_contain_text("You are going")
