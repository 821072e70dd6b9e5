"""When a group reminds of its evenings, in words and minutes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

HOUR = 60
DAY = 24 * HOUR
CHOICES = {
    14 * DAY: "2 weeks before",
    7 * DAY: "7 days before",
    3 * DAY: "3 days before",
    DAY: "1 day before",
    2 * HOUR: "2 hours before",
    HOUR: "1 hour before",
}
USUAL = (7 * DAY, DAY, 2 * HOUR)


def due(starts_at: datetime, planned: Iterable[int], at: datetime) -> list[int]:
    """Those whose moment has come, the nearest to the start first; none once it has begun."""
    if at >= starts_at:
        return []
    return sorted(minutes for minutes in planned if starts_at - timedelta(minutes=minutes) <= at)


def in_words(start: datetime, now: datetime) -> str:
    """How far off, by the calendar of the place: "Today", "Tomorrow", "In 7 days". Both are on its wall clock."""
    days = (start.date() - now.date()).days
    return {0: "Today", 1: "Tomorrow"}.get(days, f"In {days} days")
