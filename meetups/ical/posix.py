"""The rule at the end of a zone file (RFC 8536 §3.3, a POSIX TZ string), read into yearly rules."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources

_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_TIME = r"[+-]?\d+(?::\d+){0,2}"
_RULE = rf"M(\d+)\.(\d)\.(\d)(?:/({_TIME}))?"
_FOOTER = re.compile(rf"^({_NAME})({_TIME})(?:({_NAME})({_TIME})?,{_RULE},{_RULE})?$")
_LAST_WEEK = 5
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@dataclass(frozen=True, slots=True)
class Yearly:
    """`week` 5 is the last one; `day` 0 is Sunday; `at` is on the wall clock before the change."""

    month: int
    week: int
    day: int
    at: timedelta

    @property
    def by_day(self) -> str:
        """As RRULE says it: 2SU, -1SU."""
        return f"{-1 if self.week == _LAST_WEEK else self.week}{_DAYS[self.day]}"

    def moment(self, year: int) -> datetime:
        """When it happens in a year, on the wall clock before the change."""
        first = datetime(year, self.month, 1)  # noqa: DTZ001  (a wall clock)
        ahead = (self.day - first.isoweekday() % 7) % 7 + 7 * (self.week - 1)
        found = first + timedelta(days=ahead)
        while found.month != self.month:
            found -= timedelta(days=7)
        return found + self.at


@dataclass(frozen=True, slots=True)
class Rule:
    """Offsets east of UTC. Without `starts` and `ends` the zone has one offset all year."""

    standard: timedelta
    standard_name: str
    daylight: timedelta | None = None
    daylight_name: str = ""
    starts: Yearly | None = None
    ends: Yearly | None = None


def _span(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*(int(part) for part in text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _yearly(month: str, week: str, day: str, at: str | None) -> Yearly:
    return Yearly(int(month), int(week), int(day), _span(at or "2"))


def parse(footer: str) -> Rule | None:
    """The rule of a footer; None where it says something that yearly rules by weekday cannot."""
    match = _FOOTER.match(footer)
    if not match:
        return None
    name, offset, summer, summer_offset, *dates = match.groups()
    standard = -_span(offset)
    if not summer:
        return Rule(standard, name.strip("<>"))
    daylight = -_span(summer_offset) if summer_offset else standard + timedelta(hours=1)
    starts, ends = _yearly(*dates[:4]), _yearly(*dates[4:])
    a_day = timedelta(days=1)
    if not all(timedelta(0) <= each.at < a_day for each in (starts, ends)):
        return None
    return Rule(standard, name.strip("<>"), daylight, summer.strip("<>"), starts, ends)


def footer(zone: str) -> str:
    """The last line of the zone's file in the `tzdata` package; "" when there is none."""
    *folders, name = zone.split("/")
    data = resources.files("tzdata").joinpath("zoneinfo", *folders, name).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace") if data.endswith(b"\n") else ""
