"""The month, last week: a report is settled by peers, an editor writes news, a member leaves with everything."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.demo.people import PASSWORD
from tests.services.site import Site

pytestmark = pytest.mark.browser


def test_a_post_is_reported_hidden_and_its_author_silenced_here(visit: Callable[..., Page]) -> None:
    author, reporter, judge, visitor = visit("member"), visit("newcomer"), visit("organiser"), visit()
    author.goto("/groups/leeds-it-providers/forum/")
    author.get_by_role("link", name="Start a topic").first.click()
    author.get_by_label("Title").fill("Buy my old routers")
    author.locator("textarea[name=body]").fill("Cheap. Call me, call me, call me.")
    author.get_by_role("button", name="Post the topic").click()
    address = author.url

    reporter.goto(address)
    reporter.locator("a[href*='/moderation/report/']").first.click()
    reporter.locator("main form input[type=radio]").first.check()
    reporter.locator("main form textarea").fill("An advert, three times.")
    reporter.get_by_role("button", name="Report it").click()

    judge.goto("/moderation/")
    judge.get_by_role("listitem").filter(has_text="call me").get_by_role("link").first.click()
    form = judge.locator("form#decide")
    form.locator("input[name=kind][value=hide]").check()
    form.locator("select[name=pause]").select_option(index=1)
    form.locator("textarea[name=reason]").fill("We do not sell to one another here.")
    form.get_by_role("button", name="Decide").click()
    judge.wait_for_load_state()

    visitor.goto(address)
    expect(visitor.locator("body")).not_to_contain_text("call me, call me")
    author.goto("/inbox/")
    expect(author.get_by_role("main")).to_contain_text(re.compile("moderator|decided|hidden", re.IGNORECASE))
    for place in ("/groups/leeds-it-providers/chat/", "/groups/leeds-it-providers/forum/"):
        author.goto(place)
        if place.endswith("forum/"):
            author.get_by_role("link", name="How do you word the clause").first.click()
        expect(author.get_by_role("main")).to_contain_text("We do not sell to one another here.")
    author.goto("/groups/leeds-it-providers/log/")
    expect(author.get_by_role("main")).to_contain_text(re.compile("moderator", re.IGNORECASE))


def test_members_can_block_each_other(visit: Callable[..., Page]) -> None:
    page = visit("newcomer")
    page.goto("/members/organiser/")
    page.get_by_role("button", name="Block").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Block").click()
    page.wait_for_load_state("networkidle")
    page.goto("/settings/blocks/")
    expect(page.get_by_role("main")).to_contain_text("Olive Hargreaves")
    page.get_by_role("button", name="Hear from them again").first.click()
    page.wait_for_load_state("networkidle")
    page.goto("/settings/blocks/")
    expect(page.get_by_role("main")).not_to_contain_text("Olive Hargreaves")


def saved_by_itself(editor: Page, summary: str) -> None:
    """Change the summary until Wagtail has saved a draft by itself, then open that: now nothing is on its way.

    What was typed before it began to look counts for it as what stood there.
    """
    for more in range(20):
        editor.locator("[name=summary]").fill(summary + "." * more)
        editor.wait_for_timeout(1_500)
        if editor.url.endswith("/edit/"):
            break
    editor.wait_for_load_state("networkidle")
    editor.goto(editor.url)


def test_an_editor_publishes_news_and_it_is_on_the_front_page(visit: Callable[..., Page], demo: Site) -> None:
    editor = visit("editor")
    editor.goto("/cms/pages/")
    index = demo.manage(
        "shell", "-v0", "-c", "from cms.models import NewsIndexPage; print(NewsIndexPage.objects.get().pk)"
    ).strip()
    editor.goto(f"/cms/pages/add/cms/newspage/{index}/")
    editor.locator("[name=title]").fill("A fourth kettle")
    editor.locator(".public-DraftEditor-content").first.focus()
    editor.keyboard.type("York has a back room.")
    saved_by_itself(editor, "York begins in spring.")
    expect(editor.locator(".public-DraftEditor-content").first).to_contain_text("York has a back room.")
    editor.locator("footer").get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish", exact=True).click()
    editor.wait_for_url(f"**/cms/pages/{index}/", timeout=60_000)
    visitor = visit()
    visitor.goto("/")
    expect(visitor.get_by_role("main")).to_contain_text("A fourth kettle")
    assert visit("vendor").request.get(f"{demo.url}/cms/").status in {302, 403}
    assert visit("organiser").request.get(f"{demo.url}/cms/pages/").status in {302, 403}


def test_a_member_takes_everything_and_leaves(visit: Callable[..., Page], demo: Site, tmp_path: Path) -> None:
    page = visit("newcomer")
    page.goto("/groups/bristol-msp-evening/join/")
    page.locator("main form button").last.click()
    page.goto("/groups/bristol-msp-evening/forum/")
    page.get_by_role("link", name="Start a topic").first.click()
    page.get_by_label("Title").fill("Hello and goodbye")
    page.locator("textarea[name=body]").fill("I was here.")
    page.get_by_role("button", name="Post the topic").click()
    address = page.url
    page.goto("/settings/data/")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Download", re.IGNORECASE)).click()
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    everything = " ".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))
    assert "I was here." in everything
    assert "newcomer@demo.example" in everything
    page.goto("/settings/data/delete/")
    if "/reauthenticate/" in page.url:
        page.locator("main [name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").first.click()
    page.locator("main [name=handle]").fill("newcomer")
    page.get_by_role("button", name="Delete my account").click()
    visitor = visit()
    visitor.goto(address)
    expect(visitor.locator(".posts")).to_contain_text("I was here.")
    expect(visitor.locator(".posts")).to_contain_text("a former member")
    expect(visitor.locator(".posts")).not_to_contain_text("Nell Ashby")
