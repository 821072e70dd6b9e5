"""Lists that go on in place, in Chromium: more rows below, the address of where one is, and coming back to it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from community.models import Group
from forum.models import Bookmark, Category, Topic
from tests.browser.conftest import until
from tests.browser.test_composer import here, look_at  # noqa: F401  (fixtures)
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import WRITTEN, CategoryFactory, TalkFactory, TopicFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def talk(here: Group) -> Category:  # noqa: F811  (a fixture)
    """A place of 70 topics, the newest last."""
    place, author = TalkFactory(group=here), MemberFactory()
    for n in range(70):
        TopicFactory(
            category=place, author=author, title=f"Number {n}", last_posted_at=WRITTEN + timedelta(hours=n), posts=1
        )
    return place


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[data-row] .name").all_inner_texts()]


def numbers(first: int, last: int) -> list[str]:
    return [f"Number {n}" for n in range(first, last - 1, -1)]


def test_a_list_goes_on_in_place_and_is_found_again(look_at, talk: Category) -> None:  # noqa: F811  (a fixture)
    page = look_at(talk.get_absolute_url(), MembershipFactory(group=talk.group).member)
    more = page.get_by_role("button", name="Load more")
    expect(more).to_be_visible()
    expect(page.get_by_role("link", name="Older")).to_be_hidden()
    assert titles(page) == numbers(69, 40)
    more.click()
    expect(page.locator("[data-row]")).to_have_count(60)
    assert titles(page) == numbers(69, 10)
    expect(page.get_by_role("link", name="Number 39")).to_be_focused()
    expect(page.locator("#further-said")).to_have_text("30 more shown.")
    assert "?before=" in page.url
    assert page.request.get(page.url).ok

    page.get_by_role("link", name="Number 20", exact=True).click()
    expect(page.get_by_role("heading", name="Number 20")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-row]")).to_have_count(60)
    assert titles(page) == numbers(69, 10)
    expect(page.get_by_role("link", name="Number 20", exact=True)).to_be_in_viewport()
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(60)

    page.get_by_role("button", name="Load more").click()
    expect(page.locator("#further-said")).to_have_text("10 more shown, and that is all.")
    assert titles(page) == numbers(69, 0)
    expect(page.get_by_role("button", name="Load more")).to_be_hidden()


def test_the_front_comes_back_whole(look_at, talk: Category) -> None:  # noqa: F811  (a fixture)
    CategoryFactory(name="Tools")
    page = look_at("/forum/", MembershipFactory(group=talk.group).member)
    page.get_by_role("button", name="Load more").click()
    expect(page.locator("[data-row]")).to_have_count(60)
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(60)
    expect(page.get_by_role("navigation", name="Places").get_by_role("link", name="Tools")).to_be_visible()
    expect(page.get_by_role("link", name="The newest")).to_be_hidden()
    # An address that was handed on begins where it says, and leads to the newest.
    other = look_at(page.url, MembershipFactory(group=talk.group).member)
    assert titles(other) == numbers(39, 10)
    expect(other.get_by_role("link", name="The newest")).to_be_visible()


def test_the_keys_go_on_into_the_next_page(look_at, talk: Category) -> None:  # noqa: F811  (a fixture)
    page = look_at(talk.get_absolute_url(), MembershipFactory(group=talk.group).member)
    expect(page.get_by_role("button", name="Load more")).to_be_visible()
    page.get_by_role("link", name="Number 41").focus()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Number 40")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Number 39")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Number 40")).to_be_focused()


def test_a_topic_that_moved_up_meanwhile_is_shown_once(look_at, talk: Category) -> None:  # noqa: F811  (a fixture)
    page = look_at(talk.get_absolute_url(), MembershipFactory(group=talk.group).member)
    more = page.get_by_role("button", name="Load more")
    expect(more).to_be_visible()
    # The last row of this page sinks: the next page holds it again.
    Topic.objects.filter(title="Number 40").update(last_posted_at=WRITTEN + timedelta(hours=38.5))
    more.click()
    expect(page.locator("#further-said")).to_have_text("29 more shown.")
    assert sorted(titles(page)) == sorted(numbers(69, 11))


def test_nothing_is_lost_while_the_line_is_down(look_at, talk: Category) -> None:  # noqa: F811  (a fixture)
    page = look_at(talk.get_absolute_url(), MembershipFactory(group=talk.group).member)
    more = page.get_by_role("button", name="Load more")
    expect(more).to_be_visible()
    page.context.set_offline(True)
    more.click()
    expect(page.locator("#toasts")).to_contain_text("The line is down.")
    page.context.set_offline(False)
    more.click()
    expect(page.locator("[data-row]")).to_have_count(60)


def test_bookmarks_go_on_too(look_at, talk: Category) -> None:  # noqa: F811  (a fixture)
    ada = MembershipFactory(group=talk.group).member
    for topic in Topic.objects.order_by("last_posted_at")[:40]:
        Bookmark.objects.create(member=ada, post=topic.posts.get(), created_at=WRITTEN)
    page = look_at("/forum/bookmarks/", ada)
    page.get_by_role("button", name="Load more").click()
    expect(page.locator("[data-row]")).to_have_count(40)
    assert titles(page) == numbers(39, 0)
    expect(page.get_by_role("link", name="Number 9")).to_be_focused()
    page.locator("[data-row]").last.get_by_role("button", name="Let go").click()
    expect(page.locator("[data-row]")).to_have_count(30)
    assert Bookmark.objects.filter(member=ada).count() == 39


def test_the_next_page_of_a_topic_is_put_below(look_at, here: Group) -> None:  # noqa: F811  (fixtures)
    topic = TopicFactory(category=TalkFactory(group=here), posts=50)
    page = look_at(topic.get_absolute_url(), MembershipFactory(group=here).member)
    until(page, "Boolean(window.htmx)")
    page.locator("#pages").get_by_role("link", name="Later").click()
    expect(page.locator("#posts > article")).to_have_count(40)
    expect(page.locator("#p21")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    page.keyboard.press("j")
    expect(page.locator("#p22")).to_be_focused()
    page.locator("#pages").get_by_role("link", name="Later").click()
    expect(page.locator("#posts > article")).to_have_count(50)
    expect(page.locator("#p41")).to_be_focused()
    expect(page.locator("#pages").get_by_role("link", name="Later")).to_have_count(0)
    page.get_by_role("link", name="Sponsors").first.click()
    page.go_back()
    expect(page.locator("#p41")).to_be_visible()
