"""The whole suite: `make test` (`SOAK=1` for the long runs).

SQLite with everything in process, real Redis and Chromium in one run of pytest; the same tests on real PostgreSQL in a
second one beside it. The last line says what was run; a missing part is a failure in CI and is named otherwise.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.services import chromium

ROOT = Path(__file__).resolve().parents[1]
LOG = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "test-postgres.log"
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed)")


def counts(output: str) -> dict[str, int]:
    """The closing line of pytest, as numbers."""
    closing = next((line for line in reversed(output.splitlines()) if " in " in line and COUNTS.search(line)), "")
    return {word.rstrip("s") if word == "errors" else word: int(number) for number, word in COUNTS.findall(closing)}


def start_postgres(arguments: list[str]) -> "subprocess.Popen[bytes]":
    """The suite once more on PostgreSQL; browser journeys need no second database."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "tests.services.postgres",
        "--",
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "not browser",
    ]
    surroundings = {**os.environ, "VAR_DIR": str(LOG.parent / "postgres")}
    with LOG.open("wb") as log:
        return subprocess.Popen(
            [*command, *arguments], cwd=ROOT, env=surroundings, stdout=log, stderr=subprocess.STDOUT
        )


def run_sqlite(arguments: list[str], *, with_browser: bool) -> tuple[int, str]:
    """The suite in this process's surroundings, shown as it goes."""
    marks = [] if with_browser else ["-m", "not browser"]
    surroundings = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    lines = []
    # A kept database has lost Wagtail's first pages: the last transactional test emptied every table.
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "--create-db", *marks, *arguments],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or []:
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line)
    return process.returncode, "".join(lines)


def main() -> int:
    """Run both beside each other, then say in one line how it went."""
    began = time.monotonic()
    arguments = sys.argv[1:]
    browser = chromium.find()
    if browser is None:
        sys.stdout.write(f"{chromium.MISSING}\n")
        if os.environ.get("CI"):
            return 1
    postgres = start_postgres(arguments)
    code, output = run_sqlite(arguments, with_browser=browser is not None)
    postgres_code = postgres.wait()
    postgres_output = LOG.read_text(errors="replace")
    sys.stdout.write(f"\n--- on PostgreSQL ---\n{postgres_output if postgres_code else postgres_output[-3000:]}\n")
    both = [counts(output), counts(postgres_output)]
    total = {word: sum(each.get(word, 0) for each in both) for word in ("passed", "failed", "error", "skipped")}
    missing = "" if browser else " Browser part: not run."
    sys.stdout.write(f"SQLite and PostgreSQL, {time.monotonic() - began:.0f} s.{missing}\n")
    sys.stdout.write(
        f"{total['passed']} passed, {total['failed'] + total['error']} failed, {total['skipped']} skipped\n"
    )
    return code or postgres_code


if __name__ == "__main__":
    sys.exit(main())
