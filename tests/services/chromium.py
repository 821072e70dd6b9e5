"""Finds a Chromium for the browser tests, or fetches one: `python -m tests.services.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium was found or could be fetched. The one missing step: install Chromium (and libatomic1, which Playwright "
    "needs on Linux), or set PLAYWRIGHT_CHROMIUM."
)


def _playwrights_own() -> str | None:
    """The headless shell that Playwright keeps, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    shells = (
        sorted(path.parents[2].glob("chromium_headless_shell-*/*/*headless*shell*")) if len(path.parents) > 2 else []
    )
    return next((str(each) for each in [path, *shells] if each.is_file()), None)


def find() -> str | None:
    """The path of a usable Chromium: by PLAYWRIGHT_CHROMIUM, by name, or Playwright's own; None if there is none."""
    given = os.environ.get("PLAYWRIGHT_CHROMIUM")
    if given:
        return given if Path(given).is_file() else None
    return next((found for name in NAMES if (found := shutil.which(name))), None) or _playwrights_own()


def _try(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=400).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install(package: str) -> bool:
    """As root on Debian; False where that is not who and where we are."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    _try("apt-get", "update", "-qq")
    return _try("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)


def driver_runs() -> bool:
    """Whether Playwright's own driver starts; the smallest Debian lacks one library of it, which is brought here."""
    ask = (sys.executable, "-m", "playwright", "--version")
    return _try(*ask) or (_install("libatomic1") and _try(*ask))


def ensure() -> str | None:
    """Find one; else let Playwright fetch its shell; else, as root on Debian, install the package."""
    if not driver_runs():
        return None
    if found := find():
        return found
    _try(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
    if found := find():
        return found
    return find() if _install("chromium-headless-shell") or _install("chromium") else None


def arguments() -> list[str]:
    """How it is started: quiet, without a sandbox where root runs it."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet


if __name__ == "__main__":
    path = ensure()
    sys.stdout.write(f"Chromium: {path}\n" if path else f"{MISSING}\n")
    sys.exit(1 if path is None and os.environ.get("CI") else 0)
