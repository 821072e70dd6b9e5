"""Pictures in a room, in Chromium: pasted and chosen, kept when the line is down, refused in words."""

import base64

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Collection

from tests.browser.test_chat import browser_type_launch_args, enter, room  # noqa: F401  (fixtures)
from tests.chat.actions.test_pictures import bytes_of

pytestmark = pytest.mark.browser
PASTE = """(sent) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(sent), (each) => each.charCodeAt(0))], "box.png", { type: "image/png" }));
  document.getElementById("say").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


@pytest.fixture(autouse=True)
def collection(live_site):
    if not Collection.objects.exists():  # emptied with all other tables by the test before
        Collection.add_root(name="Root")


def sent(kind: str = "box.png", content: bytes = b"") -> dict:
    return {"name": kind, "mimeType": "image/png", "buffer": content or bytes_of().getvalue()}


def shown(page: Page) -> bool:
    return page.locator(".said-picture img").last.evaluate("(image) => image.complete && image.naturalWidth > 0")


def test_a_picture_is_pasted_described_and_seen_by_the_other(enter) -> None:  # noqa: F811  (a fixture)
    ada, bob = enter("Ada"), enter("Bob", viewport={"width": 375, "height": 812})
    ada.evaluate(PASTE, base64.b64encode(bytes_of().getvalue()).decode())
    expect(ada.get_by_label("What it shows")).to_be_focused()
    ada.get_by_label("What it shows").fill("A red box")
    ada.get_by_label("Your message").fill("Whose is this?")
    ada.get_by_role("button", name="Send").click()
    for page in (ada, bob):
        expect(page.get_by_role("img", name="A red box")).to_be_visible()
        expect(page.locator(".said .said-text")).to_contain_text("Whose is this?")
        page.wait_for_timeout(200)
        assert shown(page)
    expect(ada.get_by_label("Your message")).to_have_value("")
    expect(ada.locator("#picture-state")).to_be_empty()


def test_without_a_line_the_picture_and_the_words_are_kept_and_what_is_none_is_refused(enter) -> None:  # noqa: F811  (a fixture)
    ada = enter("Ada")
    ada.locator("#say-picture").set_input_files(sent())
    ada.get_by_label("Your message").fill("Whose is this?")
    ada.context.set_offline(True)
    ada.get_by_role("button", name="Send").click()
    expect(ada.locator("#picture-state")).to_contain_text("It is kept here with your words")
    expect(ada.get_by_label("Your message")).to_have_value("Whose is this?")
    ada.context.set_offline(False)
    ada.get_by_role("button", name="Send").click()
    expect(ada.locator(".said-picture")).to_have_count(1)
    ada.locator("#say-picture").set_input_files(sent("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    ada.get_by_role("button", name="Send").click()
    expect(ada.locator("#picture-state")).to_contain_text("SVG drawing")
    expect(ada.locator(".said-picture")).to_have_count(1)
