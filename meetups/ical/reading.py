"""Calendars that other people wrote, read into dates: one bad event is reported with its line, the rest comes in.

Bounded in every direction: a file of 50 MB, a rule with a billion dates and one that never comes round all end at once.
"""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event

from meetups.ical import repeating
from meetups.ical.repeating import NotUnderstood, zone_of
from meetups.ical.values import value_of

LARGEST = 5_000_000
"""Characters of a file."""
MOST_EVENTS, MOST_RULES, MOST_DATES = 3_000, 60, 1_000
USUAL_LENGTH = timedelta(hours=2)
CUT = "There is more in it than can come in at once: the first {} dates are taken."


class NotACalendar(Exception):  # noqa: N818  (it says the outcome)
    """Nothing of it can be read; the words are for people."""


@dataclass(frozen=True, slots=True)
class Found:
    """One date. `uid` and `occurrence` name it for good: the day the rule gave, "" for what does not repeat.

    The day and not the moment: a series that begins at another hour is the same series.
    """

    uid: str
    occurrence: str
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_all_day: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """What did not come in: the line of the file where the event begins, what it is called, and why."""

    line: int
    title: str
    why: str


@dataclass(slots=True)
class Reading:
    """What a calendar holds, in order of time."""

    name: str = ""
    dates: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Window:
    """Dates that begin from `start` on and before `end`."""

    start: datetime
    end: datetime


def read(text: str, *, time_zone: str, window: Window) -> Reading:
    """Every date in a window; `time_zone` is meant where the file names none. Raises `NotACalendar`."""
    if len(text) > LARGEST:
        raise NotACalendar(f"That file is larger than {LARGEST // 1_000_000} MB. Export a shorter span of time.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines[:200]):
        raise NotACalendar("That is not a calendar file: it does not begin with BEGIN:VCALENDAR.")
    head = _head(lines)
    found = Reading(name=head.get("X-WR-CALNAME") or head.get("NAME", ""))
    zone = zone_of(head.get("X-WR-TIMEZONE", "")) or time_zone
    masters, overrides = _events(lines, found.problems)
    rules = 0
    for number, event in masters:
        rules += "RRULE" in event
        try:
            if rules > MOST_RULES and "RRULE" in event:
                raise NotUnderstood(f"More than {MOST_RULES} events of this file repeat")
            exceptions = overrides.pop(_uid(event), []) if "RRULE" in event or "RDATE" in event else []
            found.dates += _dates(event, exceptions, number, zone, window)
        except NotUnderstood as error:
            found.problems.append(Problem(number, _title(event), str(error)))
    for number, event in (each for several in overrides.values() for each in several):
        _alone(event, number, zone, window, found)
    return _in_order(found)


def _in_order(found: Reading) -> Reading:
    """One of each name (the later in the file counts), by time, and not more than can be looked over."""
    named = {(each.uid, each.occurrence): each for each in found.dates}
    found.dates = sorted(named.values(), key=lambda each: (each.starts_at, each.uid))
    if len(found.dates) > MOST_DATES:
        found.problems.append(Problem(0, "", CUT.format(MOST_DATES)))
        del found.dates[MOST_DATES:]
    found.problems.sort(key=lambda problem: problem.line)
    return found


def _head(lines: list[str]) -> dict[str, str]:
    """The properties of the calendar itself, before its first component."""
    head: dict[str, str] = {}
    for line in lines[:200]:
        if line.upper().startswith("BEGIN:") and line.strip().upper() != "BEGIN:VCALENDAR":
            break
        name, _, value = line.partition(":")
        head[name.partition(";")[0].upper()] = value.strip()
    return head


Numbered = tuple[int, Event]


def _events(lines: list[str], problems: list[Problem]) -> tuple[list[Numbered], dict[str, list[Numbered]]]:
    """Every event with the line it begins on; those that stand in for one date of another, by UID."""
    masters: list[Numbered] = []
    overrides: dict[str, list[Numbered]] = {}
    for count, (number, block) in enumerate(_blocks(lines)):
        if count >= MOST_EVENTS:
            problems.append(Problem(number, "", f"Only the first {MOST_EVENTS} events of a file are read."))
            break
        try:
            with warnings.catch_warnings():  # it warns of zone names that it guesses; we look at them ourselves
                warnings.simplefilter("ignore")
                event = Event.from_ical("\r\n".join(block))
        except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
            problems.append(Problem(number, _said(block, "SUMMARY"), f"It cannot be read: {error}"[:200]))
            continue
        if not isinstance(event, Event) or not _uid(event):
            problems.append(Problem(number, _said(block, "SUMMARY"), "It has no UID, so it could not be found again."))
        elif "RECURRENCE-ID" in event:
            overrides.setdefault(_uid(event), []).append((number, event))
        else:
            masters.append((number, event))
    return masters, overrides


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    block: list[str] | None = None
    begun = 0
    for number, line in enumerate(lines, start=1):
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            block, begun = [line.strip()], number
        elif block is not None:
            block.append(line if line[:1] in {" ", "\t"} else line.rstrip())
            if mark == "END:VEVENT":
                yield begun, block
                block = None


def _dates(event: Event, exceptions: list[Numbered], number: int, zone: str, window: Window) -> list[Found]:
    """All dates of one event, each exception in its place."""
    first = _found(event, number, zone)
    if "RRULE" not in event and "RDATE" not in event:
        return [first] if window.start <= first.starts_at < window.end else []
    length = first.ends_at - first.starts_at
    instead = {repeating.instant(each.get("RECURRENCE-ID"), first.time_zone): (line, each) for line, each in exceptions}
    dates: list[Found] = []
    for moment in repeating.moments(event, first.starts_at, first.time_zone, window.start - length, window.end):
        if moment in instead:
            continue
        key = _key(moment, first.time_zone)
        key = f"{moment:%Y%m%dT%H%MZ}" if any(each.occurrence == key for each in dates[-1:]) else key
        dates.append(replace(first, occurrence=key, starts_at=moment, ends_at=moment + length))
    for meant, (line, each) in instead.items():
        if meant is None:
            raise NotUnderstood("One of its exceptions does not say which date it is for")
        dates.append(replace(_found(each, line, zone), occurrence=_key(meant, first.time_zone)))
    return [each for each in dates if window.start <= each.starts_at < window.end]


def _alone(event: Event, number: int, zone: str, window: Window, found: Reading) -> None:
    """An exception whose rule is not in the file: a date by itself."""
    try:
        one = _found(event, number, zone)
        moment = repeating.instant(event.get("RECURRENCE-ID"), one.time_zone)
    except NotUnderstood as error:
        found.problems.append(Problem(number, _title(event), str(error)))
        return
    if window.start <= one.starts_at < window.end:
        found.dates.append(replace(one, occurrence=_key(moment or one.starts_at, one.time_zone)))


def _key(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y%m%d}"


def _found(event: Event, number: int, zone: str) -> Found:
    start = event.get("DTSTART")
    value = value_of(start)
    if not isinstance(value, date):
        raise NotUnderstood("It does not say when it begins, or in a way that cannot be read")
    own = repeating.zone_named(start) or zone
    is_all_day = not isinstance(value, datetime)
    starts_at = repeating.instant(start, own)
    if starts_at is None:
        raise NotUnderstood("It does not say when it begins, or in a way that cannot be read")
    ends_at = _end(event, starts_at, own, is_all_day=is_all_day)
    if ends_at <= starts_at:
        raise NotUnderstood("It ends before it begins")
    return Found(
        uid=_uid(event),
        occurrence="",
        title=_title(event),
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=own,
        place=_text(event, "LOCATION", 300),
        text=_text(event, "DESCRIPTION", 10_000),
        url=_text(event, "URL", 500),
        is_cancelled=_text(event, "STATUS", 20).upper() == "CANCELLED",
        is_all_day=is_all_day,
        line=number,
    )


def _end(event: Event, starts_at: datetime, zone: str, *, is_all_day: bool) -> datetime:
    end = repeating.instant(event.get("DTEND"), repeating.zone_named(event.get("DTEND")) or zone)
    if end is not None:
        return end
    length = value_of(event.get("DURATION"))
    if isinstance(length, timedelta):
        return starts_at + length
    if is_all_day:
        local = starts_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        return datetime.combine(local, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return starts_at + USUAL_LENGTH


def _uid(event: Event) -> str:
    return _text(event, "UID", 255)


def _title(event: Event) -> str:
    return " ".join(_text(event, "SUMMARY", 400).split())[:120] or "Without a title"


def _text(event: Event, name: str, limit: int) -> str:
    value: Any = event.get(name, "")
    value = value[0] if isinstance(value, list) and value else value
    return str(value).strip()[:limit]


def _said(block: list[str], name: str) -> str:
    """A property of an event that cannot be read as one."""
    return next((line.partition(":")[2][:120] for line in block if line.upper().startswith(name)), "")
