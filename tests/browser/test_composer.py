"""Writing with the toolbar, a picture and the preview; and what hostile text does in a browser: nothing."""

import base64
import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from wagtail.models import Collection

from community.models import Group, Member
from community.text.render import render
from forum.models import Enclosure
from tests.community.text.test_hostile import HOSTILE
from tests.factories.community import GroupFactory, MembershipFactory
from tests.factories.forum import PostFactory, TalkFactory, TopicFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def here(live_site) -> Group:
    if not Collection.objects.exists():  # emptied with all other tables by the test before
        Collection.add_root(name="Root")
    return GroupFactory()


@pytest.fixture
def look_at(live_site, browser: Browser) -> Iterator[Callable[[str, Member], Page]]:
    contexts: list[BrowserContext] = []

    def open_page(address: str, member: Member, width: int = 1280) -> Page:
        context = browser.new_context(base_url=live_site.url, viewport={"width": width, "height": 900})
        context.set_default_timeout(10_000)
        context.add_cookies([live_site.cookie(member)])
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "PNG")
    return out.getvalue()


def test_write_with_the_toolbar_a_picture_and_the_preview_beside(look_at, here: Group) -> None:
    topic = TopicFactory(category=TalkFactory(group=here))
    page = look_at(topic.get_absolute_url(), MembershipFactory(group=here).member)
    box = page.get_by_label("Your reply", exact=True)
    form = page.locator("form.composer")
    box.fill("loud")
    box.select_text()
    form.get_by_role("button", name="Bold").click()
    expect(box).to_have_value("**loud**")
    box.press("Control+End")
    form.locator("[name=picture]").set_input_files({"name": "desk.png", "mimeType": "image/png", "buffer": a_picture()})
    expect(box).to_have_value(re.compile(r"^\*\*loud\*\*\n\n!\[Say what it shows\]\(/forum/pictures/[0-9a-f]{32}\)\n$"))
    page.keyboard.type("My desk")  # the words are selected: one types over them
    form.get_by_role("button", name="Preview").first.click()
    preview = form.locator(".composer-preview")
    expect(preview.locator("strong")).to_have_text("loud")
    shown = preview.get_by_role("img", name="My desk")
    expect(shown).to_have_attribute("width", "80")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 80
    write, see = box.bounding_box(), preview.bounding_box()
    assert write is not None
    assert see is not None
    assert write["x"] + write["width"] <= see["x"], "beside, not below"
    page.set_viewport_size({"width": 375, "height": 800})
    expect(box).to_be_hidden()
    form.get_by_role("button", name="Write").click()
    expect(box).to_be_visible()
    expect(preview).to_be_hidden()
    form.get_by_role("button", name="Post the reply").click()
    expect(page.locator("#p2").get_by_role("img", name="My desk")).to_be_visible()


BRING = """(box, [kind, sent, name, type, words]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(sent), (each) => each.charCodeAt(0))], name, { type }));
  if (words) data.setData("text/plain", words);
  const options = { bubbles: true, cancelable: true };
  if (kind === "paste") return !box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, ...options }));
  box.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, ...options }));
  const isSeen = box.classList.contains("is-over");
  const isTaken = !box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, ...options }));
  return isSeen && isTaken && !box.classList.contains("is-over");
}"""
"""Answers whether the composer took it; what it leaves is the browser's."""


def bring(
    page: Page, kind: str, content: bytes, name: str = "desk.png", type_: str = "image/png", words: str = ""
) -> bool:
    sent = base64.b64encode(content).decode()
    return page.get_by_label("Your reply", exact=True).evaluate(BRING, [kind, sent, name, type_, words])


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_is_pasted_or_dropped_where_the_words_stand(look_at, here: Group, kind: str) -> None:
    topic = TopicFactory(category=TalkFactory(group=here))
    page = look_at(topic.get_absolute_url(), MembershipFactory(group=here).member)
    box = page.get_by_label("Your reply", exact=True)
    box.fill("Look at this")
    box.press("Control+End")
    assert bring(page, kind, a_picture())
    expect(box).to_have_value(re.compile(r"^Look at this\n\n!\[Say what it shows\]\(/forum/pictures/[0-9a-f]{32}\)\n$"))
    expect(page.locator(".composer-state")).to_have_text("Type what the picture shows, for those who cannot see it.")
    page.keyboard.type("My desk")  # the words are selected: one types over them
    page.get_by_role("button", name="Post the reply").click()
    shown = page.locator("#p2").get_by_role("img", name="My desk")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 80


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_what_is_no_picture_is_refused_in_words_or_left_to_the_browser(look_at, here: Group, kind: str) -> None:
    topic = TopicFactory(category=TalkFactory(group=here))
    page = look_at(topic.get_absolute_url(), MembershipFactory(group=here).member)
    box = page.get_by_label("Your reply", exact=True)
    box.fill("As it was")
    assert bring(page, kind, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.png")
    expect(page.get_by_text("SVG drawing")).to_be_visible()
    assert not bring(page, kind, b"a,b", "list.csv", "text/csv")
    if kind == "paste":
        assert not bring(page, kind, a_picture(), words="cells of a table, which come with their picture")
    expect(box).to_have_value("As it was")
    expect(page.locator(".composer-state")).to_be_empty()
    assert Enclosure.objects.count() == 0


def test_hostile_text_runs_nothing_and_asks_nobody(look_at, here: Group, live_site) -> None:
    topic = TopicFactory(category=TalkFactory(group=here), posts=0)
    sources = [*HOSTILE, *(f"::: spoiler x\n{each}\n:::" for each in HOSTILE)]
    PostFactory(topic=topic, number=1, body="x", body_html="".join(render(each).html for each in sources))
    topic.last_number = topic.post_count = 1
    topic.save()
    page = look_at("/trust/", MembershipFactory(group=here).member)
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("console", lambda said: happened.append(said.text) if "Content Security Policy" in said.text else None)

    def asked(request: Request) -> None:
        if not request.url.startswith((live_site.url, "data:")) or "/media/" in request.url:
            happened.append(f"request {request.url}")

    page.on("request", asked)
    page.goto(topic.get_absolute_url())
    for fold in page.locator(".post details.spoiler > summary").all():
        fold.click()
    page.locator(".post .prose").hover()
    assert happened == []
    assert page.locator(".post .prose").evaluate("it => it.querySelectorAll('script, iframe, svg, style').length") == 0
