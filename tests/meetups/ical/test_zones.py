"""Zones as calendars read them: by rule where a rule says it, by dates where none does."""

import os
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest
import recurring_ical_events
from icalendar import Calendar

from meetups.ical import posix, zones
from meetups.ical.calendars import Entry, calendar
from meetups.rhythm import Rule, dates, instant

FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
SAMPLE = [
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
]
ZONES = sorted(available_timezones() - {"localtime"}) if os.environ.get("SOAK") else SAMPLE


def test_a_footer_is_read() -> None:
    rule = posix.parse("GMT0BST,M3.5.0/1,M10.5.0")
    assert rule is not None
    assert (rule.standard, rule.daylight) == (timedelta(0), timedelta(hours=1))
    assert rule.starts is not None
    assert rule.starts.by_day == "-1SU"
    assert rule.starts.moment(2026) == datetime(2026, 3, 29, 1)


def test_a_footer_no_yearly_rule_can_say_is_left_to_dates() -> None:
    assert posix.parse("IST-2IDT,M3.4.4/26,M10.5.0") is None


def test_london_is_told_as_rules() -> None:
    text = zones.timezone("Europe/London", FIRST, LAST).to_ical().decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RDATE" not in text


@pytest.mark.parametrize("key", ZONES)
def test_every_instant_agrees_with_zoneinfo(key: str) -> None:
    told = zones.timezone(key, FIRST, LAST).to_tz()
    zone = ZoneInfo(key)
    for day in range(0, 365 * 10, 7):
        wall = datetime(2025, 1, 7, 18, 30) + timedelta(days=day)
        assert wall.replace(tzinfo=told).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall


def entry(starts_at: datetime, zone: str) -> Entry:
    return Entry(
        uid=f"{starts_at:%Y%m%d}@example.org",
        title="Evening",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        time_zone=zone,
        created_at=FIRST,
        stamp=FIRST,
        sequence=0,
        status="CONFIRMED",
        url="https://example.org/",
    )


def expanded(body: bytes) -> set[datetime]:
    events = recurring_ical_events.of(Calendar.from_ical(body)).between(FIRST, LAST)
    return {event["DTSTART"].dt.astimezone(UTC) for event in events}


@pytest.mark.parametrize(
    ("rule", "clock"),
    [
        (Rule("weekday", date(2026, 1, 1), weekday=1, nth=2), time(18, 30)),
        (Rule("weekday", date(2026, 1, 1), weekday=6, nth=-1), time(1, 30)),  # the night in which many clocks change
    ],
)
@pytest.mark.parametrize("key", ZONES)
def test_what_we_list_another_reader_expands_and_the_clock_shows(key: str, rule: Rule, clock: time) -> None:
    """Ten years of dates: listed here, read from our file with our own VTIMEZONE, and on the clock of the place."""
    years = (
        takewhile(lambda day, year=year: day.year == year, dates(rule, date(year, 1, 1))) for year in range(2026, 2036)
    )
    days = list(chain.from_iterable(years))
    listed = [instant(day, clock, key) for day in days]
    assert len(listed) == 120
    for day, moment in zip(days, listed, strict=True):
        wall, skipped = moment.astimezone(ZoneInfo(key)), datetime.combine(day, clock, tzinfo=ZoneInfo(key))
        exists = skipped.astimezone(UTC).astimezone(ZoneInfo(key)).replace(tzinfo=None) == skipped.replace(tzinfo=None)
        assert not exists or (wall.date(), wall.time()) == (day, clock)
    body = calendar([entry(moment, key) for moment in listed]).replace(b"\r\n ", b"")
    assert expanded(body) == set(listed)
    # Under a name that no reader knows (and none has kept), it has nothing to go by but what we wrote.
    name = f"Ours{ZONES.index(key)}"
    ours = body.replace(f"TZID={key}:".encode(), f"TZID={name}:".encode())
    assert expanded(ours.replace(f"TZID:{key}\r".encode(), f"TZID:{name}\r".encode())) == set(listed)
