"""Ways through the forum, in Chromium: words kept over a lost line and found on another device; the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from community.models import Group
from forum.actions.recount import recount
from forum.models import Draft, Post
from forum.queries.thread import PER_PAGE
from tests.browser.conftest import until
from tests.browser.test_composer import here, look_at  # noqa: F401  (fixtures)
from tests.factories.community import MembershipFactory
from tests.factories.forum import PostFactory, TalkFactory, TopicFactory

pytestmark = pytest.mark.browser


def keys_are_heard(page: Page) -> None:
    """The keys work from the moment the way to their list is shown."""
    expect(page.get_by_role("button", name="Keyboard")).to_be_visible()


def test_words_outlive_a_lost_line_and_wait_on_another_device(look_at, here: Group) -> None:  # noqa: F811  (fixtures)
    topic = TopicFactory(category=TalkFactory(group=here))
    ada = MembershipFactory(group=here).member
    page = look_at(topic.get_absolute_url(), ada)
    page.context.set_offline(True)
    page.get_by_label("Your reply", exact=True).fill("Half an hour of typing")
    expect(page.locator(".draft-state")).to_contain_text("Your words stay here")
    assert Draft.objects.count() == 0
    page.context.set_offline(False)
    expect(page.locator(".draft-state")).to_have_text("Draft kept")
    other = look_at(topic.get_absolute_url(), ada, width=375)
    expect(other.get_by_label("Your reply", exact=True)).to_have_value("Half an hour of typing")
    expect(other.locator(".draft-found")).to_contain_text("Your draft, kept")
    other.get_by_role("button", name="Post the reply").click()
    expect(other.locator("#p2 .prose")).to_have_text("Half an hour of typing")
    assert Draft.objects.count() == 0
    again = look_at(topic.get_absolute_url(), ada)
    expect(again.get_by_label("Your reply", exact=True)).to_have_value("")


def test_the_keyboard_alone_finds_a_topic_reads_it_and_replies(look_at, here: Group) -> None:  # noqa: F811  (fixtures)
    talk = TalkFactory(group=here)
    for title in ("Older", "Newer"):
        topic = TopicFactory(category=talk, title=title, posts=3)
    page = look_at(talk.get_absolute_url(), MembershipFactory(group=here).member)
    keys_are_heard(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="With the keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="With the keyboard")).to_be_hidden()
    for key, at in (("j", "Newer"), ("j", "Older"), ("j", "Older"), ("k", "Newer")):
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=at, exact=True)).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Newer")).to_be_visible()
    keys_are_heard(page)
    for key, at in (("j", "p1"), ("j", "p2"), ("k", "p1"), ("j", "p2")):
        page.keyboard.press(key)
        expect(page.locator(f"#{at}")).to_be_focused()
    until(page, "Boolean(window.htmx)")
    page.keyboard.press("r")
    box = page.locator("#reply-to-2 textarea")
    expect(box).to_be_focused()
    page.keyboard.type("jk? all the same to me")
    expect(box).to_have_value("jk? all the same to me")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p4 .prose")).to_have_text("jk? all the same to me")
    assert topic.posts.get(number=4).answers.number == 2


def test_a_slash_goes_to_the_search_and_is_a_slash_where_somebody_writes(look_at, here: Group) -> None:  # noqa: F811  (fixtures)
    topic = TopicFactory(category=TalkFactory(group=here))
    ada = MembershipFactory(group=here).member
    page = look_at(topic.get_absolute_url(), ada)
    keys_are_heard(page)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search topics, meetups, groups and pages")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("tcp/ip")
    expect(search).to_have_value("tcp/ip")
    box = page.get_by_label("Your reply", exact=True)
    box.focus()
    page.keyboard.type("and/or")
    expect(box).to_have_value("and/or")
    page.set_viewport_size({"width": 375, "height": 800})
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_role("link", name="Search", exact=True)).to_be_focused()


MANY = 10_000


def test_a_permalink_opens_the_right_page_of_ten_thousand_posts_with_the_post_in_sight(
    look_at,  # noqa: F811  (a fixture)
    here: Group,  # noqa: F811  (a fixture)
) -> None:
    ada = MembershipFactory(group=here).member
    topic = TopicFactory(category=TalkFactory(group=here), author=ada)
    rows = (PostFactory.build(topic=topic, author=ada, number=number) for number in range(2, MANY + 1))
    Post.objects.bulk_create(rows, batch_size=1000)
    recount(repair=True)
    for number, at, width in ((9_991, 500, 1280), (4_817, 241, 375), (20, 1, 375)):
        post = topic.posts.get(number=number)
        page = look_at(post.get_absolute_url(), ada, width=width)
        query = f"?page={at}" if at > 1 else ""
        expect(page).to_have_url(re.compile(re.escape(f"{topic.get_absolute_url()}{query}#p{number}") + "$"))
        found = page.locator(f"#p{number}")
        expect(found.locator(".prose")).to_have_text(post.body)
        expect(found).to_be_in_viewport(ratio=1)
        shown = page.locator("#posts > article").evaluate_all("all => all.map(each => each.id)")
        assert shown == [f"p{each}" for each in range((at - 1) * PER_PAGE + 1, at * PER_PAGE + 1)]
        ground = "it => getComputedStyle(it).backgroundColor"
        assert found.evaluate(ground) != page.locator(f"#p{number - 1}").evaluate(ground), "it is marked"
