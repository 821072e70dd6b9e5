"""The dates of a rule, and the instants they mean on the clock of a place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as on_weekday

from meetups.models import Series

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTHS = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", -1: "Last"}
MONTHS_AHEAD = 12
AT_MOST = 60
"""Dates made ahead of time: twelve months, and never more than this many."""
LOOK_AHEAD = timedelta(days=366 * 5)
"""A rule without a date in five years has none (31 February)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rhythm without its clock. `weekday` 0 is Monday; `nth` 1 to 4 or -1; `ends_on` is the first day without."""

    rhythm: str
    starts_on: date
    interval: int = 1
    weekday: int | None = None
    nth: int | None = None
    month_day: int | None = None
    ends_on: date | None = None

    @property
    def is_weekly(self) -> bool:
        """Counted in weeks; the others are counted in months."""
        return self.rhythm == Series.Rhythm.WEEKLY


def rule_of(series: Series) -> Rule:
    """The rule of a series."""
    return Rule(
        rhythm=series.rhythm,
        starts_on=series.starts_on,
        interval=series.interval,
        weekday=series.weekday,
        nth=series.nth,
        month_day=series.month_day,
        ends_on=series.ends_on,
    )


def dates(rule: Rule, start: date) -> Iterator[date]:
    """The dates from `start` on, in order; a month without the day (the 31st) is left out."""
    last = max(start, rule.starts_on) + LOOK_AHEAD
    began = datetime.combine(rule.starts_on, time())
    until = datetime.combine(last, time())
    if rule.is_weekly:
        found = rrule(WEEKLY, dtstart=began, interval=rule.interval, byweekday=rule.weekday, until=until)
    elif rule.rhythm == Series.Rhythm.MONTHLY_DAY:
        found = rrule(MONTHLY, dtstart=began, interval=rule.interval, bymonthday=rule.month_day, until=until)
    else:
        nth = on_weekday(rule.weekday or 0, rule.nth)
        found = rrule(MONTHLY, dtstart=began, interval=rule.interval, byweekday=nth, until=until)
    for moment in found:
        day = moment.date()
        if rule.ends_on is not None and day >= rule.ends_on:
            return
        if day >= start:
            yield day


def anchored(rule: Rule) -> Rule | None:
    """The same rule starting on its own first date (so that every n months counts from it); None without any."""
    first = next(dates(replace(rule, interval=1), rule.starts_on), None)
    return None if first is None else replace(rule, starts_on=first)


def ahead(rule: Rule, today: date, wanted: Callable[[date], bool] = lambda _: True) -> list[date]:
    """The dates a group plans with: the next twelve months' worth that are wanted, at most sixty."""
    coming = (day for day in dates(rule, today) if wanted(day))
    if rule.is_weekly:
        end = max(today, rule.starts_on) + timedelta(weeks=52)
        return [day for day in islice(coming, AT_MOST) if day < end]
    return list(islice(coming, max(1, MONTHS_AHEAD // rule.interval)))


def instant(day: date, clock: time, zone: str) -> datetime:
    """What the wall clock of a place means in UTC.

    A time the clock skips moves forward by what is skipped; of a time it shows twice the first is meant (PEP 495,
    fold 0).
    """
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The date on the wall calendar of a place."""
    return at.astimezone(ZoneInfo(zone)).date()


def sentence(rule: Rule, clock: time) -> str:
    """The rule as people say it: "Second Tuesday of the month, 18:30"."""
    return f"{_days(rule)}, {clock:%H:%M}"


def _days(rule: Rule) -> str:
    weekday = WEEKDAYS[rule.weekday or 0]
    if rule.is_weekly:
        return f"Every {weekday}" if rule.interval == 1 else f"Every {rule.interval} weeks on {weekday}"
    months = {1: "the month", 2: "every other month"}.get(rule.interval, f"every {ordinal(rule.interval)} month")
    if rule.rhythm == Series.Rhythm.MONTHLY_DAY:
        return f"The {ordinal(rule.month_day or 1)} of {months}"
    return f"{NTHS[rule.nth or 1]} {weekday} of {months}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    teens = 10 < number % 100 < 14  # noqa: PLR2004  (eleventh to thirteenth)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
