"""Chromium, and the demo site it visits: a process of its own, as `make demo` starts it."""

import os
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.demo.people import PASSWORD
from tests.services import chromium, site

expect.set_options(timeout=15_000)  # three other runs want the same two processors


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": chromium.arguments()}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[site.Site]:
    """The served demo world; every journey leaves its traces in it."""
    with site.running(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture
def visit(demo: site.Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`visit()` opens a page as a visitor, `visit("member")` signed in; `phone=True` on a phone."""
    opened: list[BrowserContext] = []

    def open_page(role: str = "", *, phone: bool = False, **options: Any) -> Page:
        size = {"width": 375, "height": 812} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(
            base_url=demo.url, viewport=size, has_touch=phone, locale="en-GB", timezone_id="Europe/London", **options
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        if role:
            sign_in(page, f"{role}@demo.example")
        return page

    yield open_page
    for context in opened:
        context.close()


def sign_in(page: Page, email: str) -> None:
    """With the demo's password."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login" not in url)


DUE_NOW = """
from django.core.management import call_command
from django.utils import timezone
from notifications.models import Notice
Notice.objects.exclude(mail_due_at=None).filter(mailed_at=None).update(mail_due_at=timezone.now())
call_command("run_due")
"""


@pytest.fixture
def letters(demo: site.Site) -> Callable[[str], list[str]]:
    """The texts of mails the site has sent to an address, the newest last."""

    def read(to: str) -> list[str]:
        demo.manage("shell", "-v0", "-c", DUE_NOW)
        found = []
        for file in sorted(Path(demo.folder, "mail").glob("*"), key=os.path.getmtime):
            for raw in re.split(rb"\n-{79}\n", file.read_bytes()):
                message = message_from_bytes(raw.lstrip(), policy=policy.default)
                if to in str(message.get("To", "")):
                    body = message.get_body(preferencelist=("plain",))
                    found.append(f"{message['Subject']}\n{body.get_content() if body else ''}")
        return found

    return read


def until(page: Page, script: str) -> None:
    """Wait until it is true; Playwright's own way polls with `eval`, which the pages' security policy forbids."""
    for _ in range(200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {script}")


def link_in(text: str, part: str) -> str:
    """The link of a letter that holds `part`, without its host."""
    match = re.search(rf"https?://[^/\s]+(\S*{re.escape(part)}\S*)", text)
    assert match, f"no link with {part} in:\n{text}"
    return match[1].rstrip(".>)")
