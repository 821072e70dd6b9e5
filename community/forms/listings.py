"""A CSV file of groups from elsewhere → clean rows, and what is wrong with the others."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

COLUMNS = ("name", "city", "region", "country", "website", "online", "topic")
LONGEST = {"name": 120, "city": 120, "region": 120, "country": 120, "website": 500, "topic": 120}
LONGEST_KEY = 200
YES, NO = {"yes", "y", "true", "1", "online"}, {"", "no", "n", "false", "0"}
_check_url = URLValidator(schemes=["http", "https"])


class Unreadable(Exception):  # noqa: N818  (it says the outcome)
    """The whole file cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One clean line."""

    line: int
    name: str
    city: str
    region: str
    country: str
    website: str
    is_online: bool
    topic: str
    bad_website: str = ""
    """What stood in place of a web address; the group is kept without a link."""

    @property
    def key(self) -> str:
        """What makes it the same group at the next import."""
        words = f"{self.name}|{self.city}|{self.region}|{self.country}".casefold()
        return words if len(words) <= LONGEST_KEY else sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that was left out, and why."""

    line: int
    why: str


def read(path: Path) -> Iterator[Listing | Problem]:
    """Every line in turn; raises `Unreadable` before the first where the file is none of ours."""
    lines = _text(path).splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
    except csv.Error as error:
        raise Unreadable(f"{path}: the first line is no CSV ({error}).") from error
    if sorted(header) != sorted(COLUMNS):
        missing, strange = set(COLUMNS) - set(header), set(header) - set(COLUMNS)
        parts = [f"missing: {', '.join(sorted(missing))}" if missing else "", f"unknown: {', '.join(sorted(strange))}"]
        said = "; ".join(part for part in parts[: 2 if strange else 1] if part) or "columns twice"
        raise Unreadable(f"{path}: the first line must name the columns {','.join(COLUMNS)} ({said}).")
    return _rows(reader, header)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"{path}: line {line} is not UTF-8. Save the file as “CSV UTF-8” and try again.") from error


def _rows(reader: Any, header: list[str]) -> Iterator[Listing | Problem]:
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(first, f"broken quotes ({error})")
            continue
        if any(cell.strip() for cell in cells):
            yield _row(first, cells, header)


def _row(line: int, cells: list[str], header: list[str]) -> Listing | Problem:
    if len(cells) != len(header):
        return Problem(line, f"{len(cells)} columns instead of {len(header)}")
    row = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
    if why := _wrong(row):
        return Problem(line, why)
    facts = {name: row[name] for name in LONGEST}
    facts["bad_website"] = "" if _is_web_address(row["website"]) else row["website"]
    facts["website"] = "" if facts["bad_website"] else row["website"]
    return Listing(line=line, is_online=row["online"].casefold() in YES, **facts)


def _wrong(row: dict[str, str]) -> str:
    """The first thing wrong with a line, "" where it is fine."""
    if not row["name"]:
        return "no name"
    if long := [name for name, most in LONGEST.items() if len(row[name]) > most]:
        return f"{long[0]} is longer than {LONGEST[long[0]]} characters"
    if "\x00" in "".join(row.values()):
        return "it holds a zero byte"
    if row["online"].casefold() not in YES | NO:
        return f"online is “{row['online']}”, not yes or no"
    return ""


def _is_web_address(text: str) -> bool:
    """Or empty, which is fine too."""
    try:
        _check_url(text or "https://example.org/")
    except ValidationError:
        return False
    return True
