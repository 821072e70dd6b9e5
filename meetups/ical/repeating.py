"""The dates of a rule in somebody else's calendar, on the wall clock it was written for, and never without end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from community.queries import zones
from meetups.ical import rules
from meetups.ical.values import params_of, value_of

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
STEPS = 20_000
"""Dates of one rule that are looked at: every day for fifty years."""


class NotUnderstood(Exception):  # noqa: N818  (it says the outcome)
    """Why an event does not come in, in words."""


def zone_of(name: str) -> str:
    """The IANA zone of a name: its own, Windows' ("GMT Standard Time", from CLDR), or at the end of a path; else ""."""
    name = name.strip().strip('"')
    known = zones.names()
    if name in known:
        return name
    if name in WINDOWS_TO_OLSON:
        return WINDOWS_TO_OLSON[name]
    parts = name.strip("/").split("/")
    ends = ("/".join(parts[-count:]) for count in (3, 2, 1) if len(parts) > count)
    return next((end for end in ends if end in known), "")


def zone_named(value: Any) -> str:
    """The zone a moment names, "UTC" for one in UTC, "" for one that names none. Raises `NotUnderstood`."""
    name = str(params_of(value).get("TZID", ""))
    if name:
        found = zone_of(name)
        if not found:
            raise NotUnderstood(f"Its time zone “{name[:60]}” is not one we know")
        return found
    return ""


def instant(value: Any, zone: str) -> datetime | None:
    """A moment in UTC; what names no zone is on the clock of `zone`, and a day begins at its midnight."""
    moment = value if isinstance(value, date) else value_of(value)
    if isinstance(moment, datetime):
        named = zone_named(value)
        if moment.tzinfo is not None and not named:
            return moment.astimezone(UTC)
        return moment.replace(tzinfo=ZoneInfo(named or zone)).astimezone(UTC)
    if isinstance(moment, date):
        return datetime.combine(moment, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return None


def moments(event: Event, starts_at: datetime, zone: str, start: datetime, end: datetime) -> list[datetime]:
    """When a repeating event begins, in UTC, in a window. Raises `NotUnderstood`."""
    out = {each for each in _several(event.get("EXDATE"), zone) if each}
    found = {starts_at, *(each for each in _several(event.get("RDATE"), zone) if each)}
    if "RRULE" in event:
        found.update(_by_rule(event, starts_at, zone, end))
    return sorted(each for each in found - out if start <= each < end)


def _by_rule(event: Event, starts_at: datetime, zone: str, end: datetime) -> Iterator[datetime]:
    """In wall time, so that an evening stays an evening; a count is counted, not believed."""
    said = event.get("RRULE")
    if isinstance(said, list):
        raise NotUnderstood("It has several rules at once")
    if starts_at < EARLIEST:
        raise NotUnderstood("It began before the year 2000")
    try:
        rule, count = rules.parse(said), min(int(said.get("COUNT", [STEPS])[0]), STEPS)
    except (ValueError, TypeError, AttributeError) as error:
        raise NotUnderstood("It repeats more often than daily, or in a way that meetups do not") from error
    where = ZoneInfo(zone)
    last = min(end, _until(said, zone) or end)
    wall = starts_at.astimezone(where)
    for day in islice(rules.days(rule, wall.date(), last.astimezone(where).date()), max(0, count)):
        moment = datetime.combine(day, wall.time(), tzinfo=where).astimezone(UTC)
        if moment <= last:
            yield moment


def _until(said_rule: Any, zone: str) -> datetime | None:
    """The last moment it may begin; a day counts to its end."""
    said = said_rule.get("UNTIL", [None])[0]
    is_day = isinstance(said, date) and not isinstance(said, datetime)
    until = instant(said, zone)
    return until + timedelta(days=1) - timedelta(seconds=1) if until and is_day else until


def _several(value: Any, zone: str) -> Iterator[datetime | None]:
    """EXDATE and RDATE come once or more, each a list with a zone of its own; of a period its start is meant."""
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        own = zone_named(each) or zone
        for one in getattr(each, "dts", []):
            moment = value_of(one)
            yield instant(moment[0] if isinstance(moment, tuple) else moment, own)
