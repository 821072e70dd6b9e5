"""Zones as calendars read them: by rule where a rule says it, by dates where none does."""

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from meetups.ical import posix, zones

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
