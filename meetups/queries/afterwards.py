"""What became of an evening, as its page shows it."""

from meetups.models import Meetup, Point


def points_of(meetup: Meetup) -> list[Point]:
    """What was noted, open things first; one query."""
    rows = Point.objects.filter(meetup=meetup, hidden_at=None).select_related("owner", "noted_by", "proposal")
    return sorted(rows.order_by("pk"), key=lambda point: point.settled_at is not None)
