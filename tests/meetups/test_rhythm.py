"""Dates and instants of a rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from meetups.rhythm import Rule, ahead, anchored, dates, instant, ordinal, sentence

SECOND_TUESDAY = Rule("weekday", date(2026, 12, 1), weekday=1, nth=2)
LONDON = "Europe/London"


def few(rule: Rule, count: int = 3, start: date = date(2026, 12, 1)) -> list[date]:
    found = dates(rule, start)
    return [day for day, _ in zip(found, range(count), strict=False)]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (SECOND_TUESDAY, [date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)]),
        (replace(SECOND_TUESDAY, nth=-1), [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)]),
        (replace(SECOND_TUESDAY, interval=2), [date(2026, 12, 8), date(2027, 2, 9), date(2027, 4, 13)]),
        (Rule("weekly", date(2026, 12, 1), weekday=3), [date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17)]),
        (
            Rule("weekly", date(2026, 12, 1), weekday=1, interval=2),
            [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29)],
        ),
        (Rule("day", date(2026, 12, 1), month_day=15), [date(2026, 12, 15), date(2027, 1, 15), date(2027, 2, 15)]),
        (Rule("day", date(2026, 12, 1), month_day=31), [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)]),
        (replace(SECOND_TUESDAY, ends_on=date(2027, 1, 12)), [date(2026, 12, 8)]),
        (Rule("day", date(2027, 2, 1), month_day=31, interval=12), []),
    ],
)
def test_the_dates_of_a_rule(rule: Rule, wanted: list[date]) -> None:
    assert few(rule) == wanted


def test_every_other_month_counts_from_its_own_first_date() -> None:
    late = Rule("weekday", date(2026, 12, 20), weekday=1, nth=2, interval=2)
    anchored_rule = anchored(late)
    assert anchored_rule is not None
    assert anchored_rule.starts_on == date(2027, 1, 12)
    assert few(anchored_rule) == [date(2027, 1, 12), date(2027, 3, 9), date(2027, 5, 11)]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        (SECOND_TUESDAY, 12),
        (replace(SECOND_TUESDAY, interval=2), 6),
        (replace(SECOND_TUESDAY, interval=12), 1),
        (Rule("weekly", date(2026, 12, 1), weekday=1), 52),
        (Rule("weekly", date(2026, 12, 1), weekday=1, interval=2), 26),
    ],
)
def test_twelve_months_are_planned_and_never_more_than_sixty(rule: Rule, count: int) -> None:
    days = ahead(rule, date(2026, 12, 1))
    assert len(days) == count
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2027, 3, 23), time(18, 30), datetime(2027, 3, 23, 18, 30, tzinfo=UTC)),
        (date(2027, 3, 30), time(18, 30), datetime(2027, 3, 30, 17, 30, tzinfo=UTC)),  # summer time began on the 28th
        (
            date(2027, 3, 28),
            time(1, 30),
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),  # skipped: becomes 02:30 on the clock
        (date(2027, 10, 31), time(1, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # twice: the first
        (date(2027, 11, 2), time(18, 30), datetime(2027, 11, 2, 18, 30, tzinfo=UTC)),
    ],
)
def test_the_wall_clock_of_a_place(day: date, clock: time, utc: datetime) -> None:
    assert instant(day, clock, LONDON) == utc


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (SECOND_TUESDAY, "Second Tuesday of the month, 18:30"),
        (replace(SECOND_TUESDAY, nth=-1, weekday=3), "Last Thursday of the month, 18:30"),
        (replace(SECOND_TUESDAY, interval=2), "Second Tuesday of every other month, 18:30"),
        (replace(SECOND_TUESDAY, interval=3), "Second Tuesday of every 3rd month, 18:30"),
        (Rule("weekly", date(2026, 12, 1), weekday=1), "Every Tuesday, 18:30"),
        (Rule("weekly", date(2026, 12, 1), weekday=1, interval=2), "Every 2 weeks on Tuesday, 18:30"),
        (Rule("day", date(2026, 12, 1), month_day=22), "The 22nd of the month, 18:30"),
    ],
)
def test_the_rule_as_people_say_it(rule: Rule, words: str) -> None:
    assert sentence(rule, time(18, 30)) == words


def test_small_words() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"),
    ]
