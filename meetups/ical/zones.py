"""VTIMEZONE for a zone: in RRULE form, which Outlook reads rightly; as dates only where no rule can say it."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from meetups.ical import posix

Change = tuple[datetime, timedelta, timedelta, bool, str]
"""The moment (UTC), the offset before and after, whether it is summer time after it, its name."""


def _state(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, timedelta, str]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.dst() or timedelta(), local.tzname() or ""


def changes(zone: ZoneInfo, start: datetime, end: datetime) -> list[Change]:
    """Every change of offset in a window, to the second, as `zoneinfo` knows it."""
    found, day = [], start
    before = _state(zone, day)
    while day < end:
        after = _state(zone, day + timedelta(days=1))
        if after[:2] != before[:2]:
            low, high = day, day + timedelta(days=1)
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
                low, high = (low, middle) if _state(zone, middle)[:2] != before[:2] else (middle, high)
            found.append((high, before[0], after[0], bool(after[1]), after[2]))
        before, day = after, day + timedelta(days=1)
    return found


def _predicted(rule: posix.Rule, years: range) -> list[datetime]:
    if not (rule.starts and rule.ends and rule.daylight is not None):
        return []
    spring = [(rule.starts.moment(year) - rule.standard).replace(tzinfo=UTC) for year in years]
    autumn = [(rule.ends.moment(year) - rule.daylight).replace(tzinfo=UTC) for year in years]
    return sorted([*spring, *autumn])


def _part(kind: type, start: datetime, offsets: tuple[timedelta, timedelta], name: str) -> TimezoneStandard:
    part = kind()
    part.add("DTSTART", start)
    part.add("TZOFFSETFROM", offsets[0])
    part.add("TZOFFSETTO", offsets[1])
    part.add("TZNAME", name)
    return part


def _by_rule(rule: posix.Rule) -> list[TimezoneStandard]:
    if not (rule.starts and rule.ends and rule.daylight is not None):
        epoch = datetime(1970, 1, 1)  # noqa: DTZ001  (a wall clock)
        return [_part(TimezoneStandard, epoch, (rule.standard, rule.standard), rule.standard_name)]
    parts = []
    for kind, yearly, offsets, name in (
        (TimezoneDaylight, rule.starts, (rule.standard, rule.daylight), rule.daylight_name),
        (TimezoneStandard, rule.ends, (rule.daylight, rule.standard), rule.standard_name),
    ):
        part = _part(kind, yearly.moment(1970), offsets, name)
        part.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": yearly.month, "BYDAY": yearly.by_day}))
        parts.append(part)
    return parts


def _by_dates(zone: ZoneInfo, start: datetime, found: list[Change]) -> list[TimezoneStandard]:
    offset, _, name = _state(zone, start)
    parts = [_part(TimezoneStandard, (start + offset).replace(tzinfo=None), (offset, offset), name)]
    for moment, before, after, is_summer, abbreviation in found:
        kind = TimezoneDaylight if is_summer else TimezoneStandard
        parts.append(_part(kind, (moment + before).replace(tzinfo=None), (before, after), abbreviation))
    return parts


@lru_cache(maxsize=256)
def _parts(key: str, first_year: int, last_year: int) -> tuple[TimezoneStandard, ...]:
    zone = ZoneInfo(key)
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = changes(zone, start, end)
    rule = posix.parse(posix.footer(key))
    if rule and _predicted(rule, range(first_year, last_year + 1)) == [change[0] for change in found]:
        return tuple(_by_rule(rule))
    return tuple(_by_dates(zone, start, found))


def timezone(key: str, first: datetime, last: datetime) -> Timezone:
    """The VTIMEZONE of an IANA zone, right for every moment from the year of `first` to the year of `last`.

    The rule comes from the zone file's footer and is used only if it foretells each change that `zoneinfo` knows in
    those years; else (Africa/Casablanca, a rule just changed) the changes stand one by one.
    """
    component = Timezone()
    component.add("TZID", key)
    for part in _parts(key, first.year, last.year):
        component.add_component(part)
    return component
