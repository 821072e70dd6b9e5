"""The number beside “Forum”, in Chromium: it grows while somebody looks, falls when they have read, and is true after a lost line."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community.models import Group
from forum.actions import posts
from tests.browser.conftest import until
from tests.browser.test_arrivals import here, look_at  # noqa: F401  (fixtures)
from tests.factories.community import MembershipFactory
from tests.factories.forum import MembersOnlyFactory, TopicFactory

pytestmark = pytest.mark.browser


def test_it_follows_what_is_said_in_a_place_of_members(look_at, here: Group) -> None:  # noqa: F811  (fixtures)
    topic = TopicFactory(category=MembersOnlyFactory(group=here), posts=2)
    ada, bob = (MembershipFactory(group=here).member for _ in range(2))
    look_at(topic.get_absolute_url(), ada).close()
    page = look_at("/forum/tags/", ada)
    badge = page.locator(".nav-count")
    expect(badge).to_be_hidden()
    until(page, f"window.pilotlightLive.streams.get('talk:{topic.category_id}')?.isJoined ?? false")
    posts.reply(author=bob, topic=topic, body="One more thing", client_key="a" * 32, at=timezone.now())
    expect(badge).to_have_text("1 new or unread", timeout=10_000)
    expect(page.get_by_role("link", name="Forum 1 new or unread")).to_be_visible()
    page.goto(topic.get_absolute_url())
    expect(page.locator("#p3")).to_be_visible()
    until(page, "window.pilotlightLive?.streams.get('talk:0')?.isJoined ?? false")
    expect(badge).to_be_hidden()

    page.context.set_offline(True)
    posts.reply(author=bob, topic=topic, body="And another", client_key="b" * 32, at=timezone.now())
    page.context.set_offline(False)
    expect(badge).to_have_text("1 new or unread", timeout=20_000)
