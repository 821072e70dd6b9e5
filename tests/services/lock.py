"""The lock files say what requirements*.in ask for: `python -m tests.services.lock [--write]`."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "-q",
]
FILES = {
    "requirements": [],
    "requirements-dev": ["-c", "requirements.lock"],
    "requirements-data": ["--no-deps"],
    "requirements-spec": ["--no-deps"],
}


def names(text: str) -> set[str]:
    """The packages a requirements file names, in one spelling."""
    found = re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def complaints() -> list[str]:
    """What is wrong with the lock files as they stand; needs no network."""
    wrong = []
    for name in FILES:
        asked, locked = (ROOT / f"{name}.in").read_text(), (ROOT / f"{name}.lock").read_text()
        if missing := names(asked) - names(locked):
            wrong.append(f"{name}.lock lacks {', '.join(sorted(missing))}: run `make lock`")
        pins = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", locked, re.MULTILINE | re.DOTALL)
        wrong += [f"{name}.lock: {pin.split()[0]} has no hash" for pin in pins if "--hash=sha256:" not in pin]
        if re.search(r"https?://|file:", locked):
            wrong.append(f"{name}.lock names an address")
    return wrong


def write() -> None:
    """Resolve again, in order: tests may not move what the site runs on."""
    for name, extra in FILES.items():
        command = [
            str(Path(sys.executable).with_name("uv")),
            "pip",
            "compile",
            f"{name}.in",
            *FLAGS,
            *extra,
            "-o",
            f"{name}.lock",
        ]
        subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    problems = complaints()
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sys.exit(bool(problems))
