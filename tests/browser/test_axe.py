"""Everybody can use every page: WCAG 2.2 AA by axe, nothing beyond the edge, nothing said on the console."""

import os
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.services.pages import PAGES, Shown, addresses
from tests.services.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"], "preload": False}
CHECKED = ("visitor", "member", "organiser", "vendor")
SIZES = {"phone": {"width": 375, "height": 812}, "desk": {"width": 1280, "height": 900}}
Way = tuple[str, Literal["dark", "light"]]
WAYS: tuple[Way, ...] = (("phone", "dark"), ("desk", "light"))
EVERY_WAY: tuple[Way, ...] = (*WAYS, ("phone", "light"), ("desk", "dark"))
NARROWEST = 320
"""A desk of 1280 px at 400 % (WCAG 1.4.10)."""
# What stands beyond the edge, where no box around it scrolls: `main` would clip it unseen.
BEYOND = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  if (box.right <= innerWidth + 1 || box.height < 2 || !each.checkVisibility()) return false;
  for (let over = each.parentElement; over && !["MAIN", "BODY"].includes(over.tagName); over = over.parentElement)
    if (getComputedStyle(over).overflowX !== "visible") return false;
  return true;
}).slice(0, 3).map((each) => `${each.tagName}.${each.className} to ${Math.round(each.getBoundingClientRect().right)}`)"""
EXPECTED_ON_ERRORS = "Failed to load resource: the server responded with a status of 40"


def _each(role: str) -> Iterator[tuple[Shown, tuple[Way, ...]]]:
    """Every page that this role meets, and in which ways axe looks at it.

    Both ways where no other role meets it; else one way as each of them, by turns.
    """
    for page in PAGES:
        roles = [each for each in CHECKED if each in page.roles]
        if role in roles:
            ways = WAYS if len(roles) == 1 else (WAYS[roles.index(role) % len(WAYS)],)
            yield page, EVERY_WAY if os.environ.get("SOAK") else ways


@pytest.fixture(scope="session")
def words(demo: Site) -> dict[str, str | int]:
    """What the words in the addresses stand for."""
    return addresses(demo)


def _complaints(page: Page, name: str, ways: tuple[Way, ...]) -> Iterator[str]:
    """The same page in each size and light: styles follow without asking the server again."""
    for size, scheme in ways:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        results = Axe().run(page, options=LEVELS)
        for found in results.response["violations"]:
            for node in found["nodes"]:
                why = " / ".join(each["message"] for each in node["any"] or node["all"] or node["none"])
                yield f"{name}, {size}, {scheme}: {found['id']}: {node['target']} {why}"
    for width in (NARROWEST, SIZES["phone"]["width"]):
        page.set_viewport_size({"width": width, "height": 640})
        yield from (f"{name}, {width} px: beyond the edge: {each}" for each in page.evaluate(BEYOND))


@pytest.mark.parametrize("role", CHECKED)
def test_every_page_is_open_to_everybody(visit: Callable[..., Page], words: dict[str, str | int], role: str) -> None:
    page = visit("" if role == "visitor" else role, phone=True, reduced_motion="reduce")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    complaints: list[str] = []
    for shown, ways in _each(role):
        said.clear()
        answer = page.goto(shown.address.format(**words))
        expected = int(shown.name[-3:]) if shown.name.startswith("error-") else 200
        if answer is None or answer.status != expected:
            complaints.append(f"{shown.name}: answered {answer and answer.status}")
        complaints.extend(_complaints(page, shown.name, ways))
        complaints.extend(f"{shown.name}: {each}" for each in said if not each.startswith(EXPECTED_ON_ERRORS))
    assert complaints == []
