"""What members read and wrote, as trust counts it."""

from datetime import datetime

from django.db.models import Count, F, Sum
from django.db.models.functions import Least, TruncDate

from forum.models import Post, Reading

MOST_OF_A_TOPIC = 40
"""Posts that one topic counts for: a jump to the end of a long one is not a thousand posts read."""


def told(member_ids: set[int], since: datetime | None) -> dict[str, dict[int, int]]:
    """By name of the deed and member, in all or since a moment; three queries."""
    read = Reading.objects.filter(member__in=member_ids, last_number__gt=0)
    wrote = Post.objects.counted().filter(author__in=member_ids)
    if since is not None:
        read, wrote = read.filter(read_at__gt=since), wrote.filter(created_at__gt=since)
    counted = read.values("member").annotate(topics=Count("pk"), posts=Sum(Least("last_number", MOST_OF_A_TOPIC)))
    reading = list(counted.order_by())
    answered = wrote.exclude(topic__author=F("author")).values_list("author").annotate(Count("topic", distinct=True))
    days = wrote.values_list("author").annotate(days=Count(TruncDate("created_at"), distinct=True))
    return {
        "topics_read": {row["member"]: row["topics"] for row in reading},
        "posts_read": {row["member"]: row["posts"] for row in reading},
        "topics_answered": dict(answered.order_by()),
        "days_written": dict(days.order_by()),
    }
