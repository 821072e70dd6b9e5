"""The whole suite: `make test` (`SOAK=1` for the long runs).

Four runs of pytest beside each other: SQLite with everything in process and real Redis, shown as it goes; the same
tests on real PostgreSQL; the house and its table of permissions; the journeys in Chromium, which spend half their time
waiting. The last line says what was run; a missing part is a failure in CI and is named otherwise.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.services import chromium, empty

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed)")
NONE_FOUND = 5
WORDS = ("passed", "failed", "error", "skipped")
SAME_EVERYWHERE: tuple[str, ...] = (
    "house",
    "assets",
    "bench",
    "community/text",
    "forum/text",
    "meetups/ical",
    "notifications/text",
)
SAME_EVERYWHERE += (
    "forum/forms/markup",
    "forum/forms/test_discourse.py",
    "forum/forms/test_letters.py",
    "meetups/test_fetching.py",
)
"""What asks no database, or nothing of its own: not tried on a second one."""
PYTEST = (sys.executable, "-m", "pytest")
GIVING_WAY = ("nice", "-n", "5")
"""PostgreSQL has the longest way to go: SQLite takes what it leaves of the processors."""
HOUSE = "tests/house"
ON_POSTGRES = (sys.executable, "-m", "tests.services.postgres", "--", *PYTEST)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of pytest; one that is not shown writes to a file in a folder of its own."""

    name: str
    command: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return VAR / self.name

    @property
    def log(self) -> Path:
        return VAR / f"test-{self.name}.log"

    def start(self) -> "subprocess.Popen[bytes]":
        """Beside the others; the places it looks up are those that stand already."""
        self.folder.mkdir(parents=True, exist_ok=True)
        places = self.folder / "gazetteer.sqlite3"
        places.unlink(missing_ok=True)
        places.symlink_to((VAR / "gazetteer.sqlite3").resolve())
        with self.log.open("wb") as log:
            return subprocess.Popen(
                self.command, cwd=ROOT, env=_surroundings(self.folder), stdout=log, stderr=subprocess.STDOUT
            )


def _surroundings(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    return kept | {"VAR_DIR": str(folder)}


def counts(output: str) -> dict[str, int]:
    """The closing line of pytest, as numbers."""
    closing = next((line for line in reversed(output.splitlines()) if " in " in line and COUNTS.search(line)), "")
    return {word.rstrip("s") if word == "errors" else word: int(number) for number, word in COUNTS.findall(closing)}


def show(command: tuple[str, ...]) -> tuple[int, str]:
    """Run and show as it goes; answers the exit code and what was said."""
    lines = []
    with subprocess.Popen(
        command, cwd=ROOT, env=_surroundings(VAR), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or []:
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line)
    return process.returncode, "".join(lines)


def beside(arguments: list[str], *, with_browser: bool) -> "list[tuple[Run, subprocess.Popen[bytes]]]":
    """What runs beside SQLite, started."""
    ignored = [f"--ignore=tests/{each}" for each in SAME_EVERYWHERE]
    postgres = Run("postgres", (*ON_POSTGRES, "-m", "not browser", *ignored, *arguments))
    started = [(postgres, postgres.start())]
    empty.made()  # meanwhile PostgreSQL makes its own
    if not arguments:
        house = Run("house", (*GIVING_WAY, *PYTEST, "-m", "not browser", HOUSE))
        started.append((house, house.start()))
    if with_browser:
        browser = Run("browser", (*PYTEST, "-m", "browser", *arguments))
        started.append((browser, browser.start()))
    return started


def close(run: Run, process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """Wait for it, and show what it said: all of it where something failed."""
    code = process.wait()
    output = run.log.read_text(errors="replace")
    sys.stdout.write(f"\n--- {run.name} ---\n{output if code else output[-3000:]}\n")
    return code, output


def main() -> int:
    """Run all beside each other, then say in one line how it went."""
    began = time.monotonic()
    arguments = sys.argv[1:]
    browser = chromium.find() if chromium.driver_runs() else None
    if browser is None:
        sys.stdout.write(f"{chromium.MISSING}\n")
        if os.environ.get("CI"):
            return 1
    subprocess.run(
        [sys.executable, "manage.py", "build_gazetteer", "-v0"], cwd=ROOT, env=_surroundings(VAR), check=True
    )
    others = beside(arguments, with_browser=browser is not None)
    shown = arguments or [f"--ignore={HOUSE}"]
    results = [show((*GIVING_WAY, *PYTEST, "-m", "not browser", *shown))]
    results.extend(close(run, process) for run, process in others)
    said = [counts(output) for _, output in results]
    total = {word: sum(each.get(word, 0) for each in said) for word in WORDS}
    with_chromium = " and Chromium" if browser else "; browser part: not run"
    sys.stdout.write(f"SQLite, PostgreSQL{with_chromium}, {time.monotonic() - began:.0f} s.\n")
    sys.stdout.write(
        f"{total['passed']} passed, {total['failed'] + total['error']} failed, {total['skipped']} skipped\n"
    )
    codes = {code for code, _ in results} - {0}
    # A name given may have none of its tests in one of the runs.
    return max(codes - ({NONE_FOUND} if arguments and total["passed"] else set()), default=0)


if __name__ == "__main__":
    sys.exit(main())
