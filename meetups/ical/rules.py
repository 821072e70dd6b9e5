"""The days of somebody else's rule (RFC 5545 §3.3.10), period by period up to a last day.

Our own rules are left to `dateutil`. It looks for the next date up to the year 9999, which for "30 February, daily" is
eight seconds of looking; a rule that a stranger wrote has to end where we say.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS = 12
A_DAY = timedelta(days=1)
SAID = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without its clock. `by_day` holds (weekday, nth); nth 0 is every one."""

    freq: str
    interval: int = 1
    by_day: tuple[tuple[int, int], ...] = ()
    by_month: frozenset[int] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = field(default=0)


def parse(said: Any) -> Rule:
    """A rule out of its parts, as `icalendar` keeps them; raises `ValueError` for what is not of this kind."""
    unknown = {str(name).upper() for name in said} - SAID
    freq, interval = str(said.get("FREQ", [""])[0]).upper(), int(said.get("INTERVAL", [1])[0])
    if unknown or freq not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"} or interval < 1:
        raise ValueError(", ".join(sorted(unknown)) or freq)
    return Rule(
        freq=freq,
        interval=interval,
        by_day=tuple(_by_day(str(each).upper()) for each in said.get("BYDAY", [])),
        by_month=frozenset(int(each) for each in said.get("BYMONTH", [])),
        by_month_day=frozenset(int(each) for each in said.get("BYMONTHDAY", [])),
        by_set_pos=tuple(int(each) for each in said.get("BYSETPOS", [])),
        week_start=WEEKDAYS.index(str(said.get("WKST", ["MO"])[0]).upper()),
    )


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of a rule that begins on `first`, in order, up to and with `last`."""
    for period in _periods(rule, first, last):
        found = [day for day in period if _fits(rule, day, first)]
        if rule.by_set_pos:
            places = (pos - 1 if pos > 0 else len(found) + pos for pos in rule.by_set_pos)
            found = [found[place] for place in sorted(places) if 0 <= place < len(found)]
        yield from (day for day in found if first <= day <= last)


def _by_day(text: str) -> tuple[int, int]:
    return WEEKDAYS.index(text[-2:]), int(text[:-2] or 0)


def _periods(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    """Every n-th day, week, month or year, as its days."""
    if rule.freq in {"DAILY", "WEEKLY"}:
        length = 1 if rule.freq == "DAILY" else len(WEEKDAYS)
        start = first - A_DAY * ((first.weekday() - rule.week_start) % length)
        while start <= last:
            yield [start + A_DAY * number for number in range(length)]
            start += A_DAY * length * rule.interval
        return
    step = rule.interval * (1 if rule.freq == "MONTHLY" else MONTHS)
    number = first.year * MONTHS + (first.month - 1 if rule.freq == "MONTHLY" else 0)
    while date(number // MONTHS, number % MONTHS + 1, 1) <= last:
        months = range(number, number + (1 if rule.freq == "MONTHLY" else MONTHS))
        yield [day for each in months for day in _days_of(each // MONTHS, each % MONTHS + 1)]
        number += step


def _days_of(year: int, month: int) -> Iterator[date]:
    return (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))


def _fits(rule: Rule, day: date, first: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and not {day.day, day.day - monthrange(day.year, day.month)[1] - 1} & rule.by_month_day:
        return False
    if rule.by_day:
        return any(day.weekday() == weekday and (not nth or nth in _nths(rule, day)) for weekday, nth in rule.by_day)
    if rule.by_month_day or rule.freq == "DAILY":
        return True
    if rule.freq == "WEEKLY":
        return day.weekday() == first.weekday()
    return day.day == first.day and (rule.freq == "MONTHLY" or bool(rule.by_month) or day.month == first.month)


def _nths(rule: Rule, day: date) -> tuple[int, int]:
    """Which of its weekday it is, from the front and the back, in its month; in its year where no month is said."""
    if rule.freq == "YEARLY" and not rule.by_month:
        before, after = day - date(day.year, 1, 1), date(day.year, 12, 31) - day
    else:
        before, after = A_DAY * (day.day - 1), A_DAY * (monthrange(day.year, day.month)[1] - day.day)
    return before.days // 7 + 1, -(after.days // 7 + 1)
