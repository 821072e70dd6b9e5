"""Slow mode: so many seconds between two posts of one member in a topic."""

from datetime import datetime
from math import ceil

from community.verdicts import YES, Verdict, no
from forum.models import Post, Topic
from forum.policies.standing import Standing

PACES = (0, 60, 300, 900, 3600, 14400)
"""Offered to those who govern, in seconds."""
SLOWEST = 86_400


def may_write_again(who: Standing, topic: Topic, at: datetime) -> Verdict:
    """Those who govern are not slowed; one query where a topic is slow, none elsewhere."""
    if not topic.slow_seconds or who.governs or who.member_id is None:
        return YES
    mine = Post.objects.filter(topic=topic, author=who.member_id, created_at__lte=at).order_by("-number")
    last = mine.values_list("created_at", flat=True).first()
    wait = ceil(topic.slow_seconds - (at - last).total_seconds()) if last else 0
    if wait <= 0:
        return YES
    pace = f"This topic is taken slowly: one post every {spoken(topic.slow_seconds)}"
    return no(f"{pace}. Yours can follow in {spoken(wait)}; it is kept here.", wait)


def spoken(seconds: int) -> str:
    """A number and its unit, rounded up: 15 minutes, 2 hours."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = ceil(seconds / size)
            return unit if count == 1 and seconds == size else f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} second{'s' if seconds != 1 else ''}"
