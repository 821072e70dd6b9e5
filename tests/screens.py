"""Photographs every page of the demo: `make screens`, or `python -m tests.screens --only meetup --role member`.

The pictures land in `var/screens/<role>/<width>-<scheme>/<name>.png`; `var/screens/index.html` shows them all.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from html import escape
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, StorageState, sync_playwright

from tests.services import chromium, pages, site

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
OUT = VAR / "screens"
PASSWORD = "pilot-light-demo"
WIDTHS = (375, 768, 1280)
SCHEMES = ("light", "dark")
HEIGHTS = {375: 812, 768: 1024, 1280: 900}
TALLEST = 6000


def wanted(argv: list[str]) -> argparse.Namespace:
    """What was asked for; without options, everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("--only", action="append", metavar="NAME", choices=sorted({page.name for page in pages.PAGES}))
    parser.add_argument("--role", action="append", choices=pages.ROLES)
    parser.add_argument("--width", action="append", type=int, choices=WIDTHS)
    parser.add_argument("--scheme", action="append", choices=SCHEMES)
    parser.add_argument("--url", help="a demo that is served already")
    return parser.parse_args(argv)


def chosen(options: argparse.Namespace) -> dict[str, list[pages.Shown]]:
    """The pages asked for, by role."""
    found: dict[str, list[pages.Shown]] = {}
    for page in pages.PAGES:
        for role in page.roles:
            if (not options.only or page.name in options.only) and (not options.role or role in options.role):
                found.setdefault(role, []).append(page)
    return found


def sign_in(browser: Browser, url: str, role: str) -> StorageState | None:
    """The cookies of this role, made once; none for a visitor."""
    if role == "visitor":
        return None
    context = browser.new_context(base_url=url)
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(f"{role}@demo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda where: "/account/login" not in where)
    state = context.storage_state()
    context.close()
    return state


def camera(browser: Browser, url: str, width: int, scheme: str, state: StorageState | None) -> BrowserContext:
    """A browser of this size and light, signed in."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
        storage_state=state,
    )
    context.set_default_timeout(20_000)
    return context


def photograph(page: Page, address: str, file: Path) -> str:
    """One picture of the whole page; answers what went wrong, if anything."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        page.goto(address, wait_until="load")
        page.wait_for_timeout(150)
        height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        width = page.viewport_size["width"] if page.viewport_size else WIDTHS[0]
        page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    except Error as error:
        return str(error).splitlines()[0]
    return ""


def take(browser: Browser, url: str, words: dict[str, str | int], options: argparse.Namespace) -> Iterator[str]:
    """Go through roles, sizes and lights; one line for each set."""
    for role, shown in chosen(options).items():
        state = sign_in(browser, url, role)
        for width, scheme in product(options.width or WIDTHS, options.scheme or SCHEMES):
            began = time.monotonic()
            context = camera(browser, url, width, scheme, state)
            page = context.new_page()
            wrong = []
            for each in shown:
                file = OUT / role / f"{width}-{scheme}" / f"{each.name}.png"
                if problem := photograph(page, each.address.format(**words), file):
                    wrong.append(f"{each.name}: {problem}")
            context.close()
            yield f"{role:10} {width:5} {scheme:6} {len(shown):3} pages, {time.monotonic() - began:4.0f} s"
            yield from (f"  {line}" for line in wrong)


def write_index() -> None:
    """A page with every picture there is, by name."""
    rows = ["<!doctype html><meta charset=utf-8><title>Screens</title><h1>Screens</h1>"]
    files = sorted(OUT.glob("*/*/*.png"), key=lambda file: (file.stem, file.parts))
    name = ""
    for file in files:
        if file.stem != name:
            name = file.stem
            rows.append(f"<h2>{escape(name)}</h2>")
        path = file.relative_to(OUT).as_posix()
        rows.append(f'<a href="{path}" title="{path}"><img src="{path}" alt="{path}" height="320" loading="lazy"></a>')
    (OUT / "index.html").write_text("\n".join(rows), encoding="utf-8")


def shoot(served: site.Site, options: argparse.Namespace) -> None:
    """With the site up: the browser, the pictures, the index."""
    words = pages.addresses(served)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        for line in take(browser, served.url, words, options):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        browser.close()
    write_index()
    sys.stdout.write(f"Pictures: {OUT / 'index.html'}\n")


def main() -> int:
    """Serve the demo from a folder that is kept, unless one is served already."""
    options = wanted(sys.argv[1:])
    if chromium.find() is None:
        sys.stdout.write(f"{chromium.MISSING}\n")
        return 1
    folder = VAR / "screens-site"
    folder.mkdir(parents=True, exist_ok=True)
    OUT.mkdir(parents=True, exist_ok=True)
    if options.url:
        shoot(site.Site(options.url.rstrip("/"), folder, folder / "site.log"), options)
        return 0
    with site.running(folder) as served:
        shoot(served, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
