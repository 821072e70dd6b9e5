"""How long a seat is held, and that the page and the book say the same."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from meetups import holds
from meetups.holds import Way

LEEDS = "Europe/London"
BOOK = Path(__file__).parents[2] / "docs" / "explanation" / "queue.md"


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said)


START = moment("2026-12-08T18:30Z")


@pytest.mark.parametrize(
    ("at", "way"),
    [
        ("2026-12-05T18:29Z", Way.GIVEN),
        ("2026-12-05T18:30Z", Way.HELD),
        ("2026-12-08T16:29Z", Way.HELD),
        ("2026-12-08T16:30Z", Way.FIRST_COME),
        ("2026-12-08T19:00Z", Way.FIRST_COME),
    ],
)
def test_given_held_or_first_come(at: str, way: Way) -> None:
    assert holds.way(START, moment(at)) is way


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-12-06T10:00Z", "2026-12-06T16:00Z"),  # six hours while there is more than a day
        ("2026-12-06T20:00Z", "2026-12-07T12:00Z"),  # two before the night, four after it
        ("2026-12-07T02:00Z", "2026-12-07T14:00Z"),  # the night is not counted at all
        ("2026-12-06T23:30Z", "2026-12-07T14:00Z"),
        ("2026-12-06T16:00Z", "2026-12-06T22:00Z"),  # to the last minute of the evening
        ("2026-12-07T19:00Z", "2026-12-07T21:00Z"),
        ("2026-12-08T09:00Z", "2026-12-08T11:00Z"),
        ("2026-12-08T13:00Z", "2026-12-08T13:30Z"),
        ("2026-12-08T16:10Z", "2026-12-08T16:40Z"),  # never shorter, even into the last hours
    ],
)
def test_an_offer_runs_shorter_as_the_start_nears_and_sleeps_at_night(at: str, until: str) -> None:
    assert holds.held_until(START, LEEDS, moment(at)) == moment(until)


def test_a_breakfast_is_not_held_for_sleepers_past_the_last_hours() -> None:
    breakfast = moment("2026-12-08T08:30Z")
    assert holds.held_until(breakfast, LEEDS, moment("2026-12-08T05:00Z")) == moment("2026-12-08T06:30Z")


def test_night_is_told_by_the_clock_of_the_place() -> None:
    start = moment("2026-12-08T23:30Z")  # 18:30 in New York
    assert holds.held_until(start, "America/New_York", moment("2026-12-07T01:00Z")) == moment("2026-12-07T17:00Z")


def test_an_offer_never_ends_before_it_began() -> None:
    at = START - timedelta(days=3)
    while at < START:
        assert at + holds.SHORTEST <= holds.held_until(START, LEEDS, at)
        at += timedelta(minutes=7)


def test_the_book_shows_the_same_table() -> None:
    told = BOOK.read_text()
    for before, what in holds.table():
        assert f"| {before} | {what} |" in told
