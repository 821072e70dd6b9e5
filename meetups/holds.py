"""How a free seat reaches those who wait: given at once, held for an answer, or open to the first press."""

from datetime import UTC, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

GIVEN_UNTIL = timedelta(days=3)
"""Further from the start than this, there is time to say no: the seat is simply given."""

HOLDS = (
    (timedelta(days=1), timedelta(hours=6)),
    (timedelta(hours=6), timedelta(hours=2)),
    (timedelta(hours=2), timedelta(minutes=30)),
)
"""Nearer than that a seat is held: (at least so long before the start, for so long). The first row that fits."""

FIRST_COME = HOLDS[-1][0]
SHORTEST = HOLDS[-1][1]
NIGHT_FROM, NIGHT_UNTIL = time(22), time(8)
"""On the clock of the place. Nobody loses a seat in their sleep: these hours are not counted."""


class Way(Enum):
    """What becomes of a seat that comes free while people wait."""

    GIVEN = "given"
    HELD = "held"
    FIRST_COME = "first come"


def way(starts_at: datetime, at: datetime) -> Way:
    """How a seat that comes free at this moment is passed on."""
    left = starts_at - at
    if left > GIVEN_UNTIL:
        return Way.GIVEN
    return Way.HELD if left > FIRST_COME else Way.FIRST_COME


def held_until(starts_at: datetime, zone: str, at: datetime) -> datetime:
    """When an offer made now runs out: never past the last hours, unless it was made right before them."""
    left = starts_at - at
    span = next((span for before, span in HOLDS if left > before), SHORTEST)
    return min(_awake(at, span, zone), max(starts_at - FIRST_COME, at + SHORTEST))


def _awake(at: datetime, span: timedelta, zone: str) -> datetime:
    """`at` and so much time by day."""
    here = at.astimezone(ZoneInfo(zone))
    if here.time() < NIGHT_UNTIL:
        here = _clock(here, NIGHT_UNTIL)
    evening = _clock(here, NIGHT_FROM)
    if here < evening and span <= evening - here:
        return (here + span).astimezone(UTC)
    rest = span - max(evening - here, timedelta())
    return (_clock(here + timedelta(days=1), NIGHT_UNTIL) + rest).astimezone(UTC)


def _clock(here: datetime, clock: time) -> datetime:
    return datetime.combine(here.date(), clock, tzinfo=here.tzinfo)


def table() -> list[tuple[str, str]]:
    """The rule in words, row by row: how long before the start, and what happens then."""
    rows = [(f"more than {_span(GIVEN_UNTIL)}", "the seat is yours at once, and you are told")]
    upper = GIVEN_UNTIL
    for lower, span in HOLDS:
        rows.append((f"{_span(upper)} to {_span(lower)}", f"it is held for you for {_span(span)}; one press takes it"))
        upper = lower
    rows.append(
        (f"the last {_span(FIRST_COME)}", "first come: all who wait are told, and whoever presses first has it")
    )
    return rows


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    for size, word in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes % size == 0:
            count = minutes // size
            return f"{count} {word}{'s' if count > 1 else ''}"
    raise ValueError(span)
