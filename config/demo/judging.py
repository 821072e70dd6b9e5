"""One report waits, so that the queue has something in it."""

from datetime import datetime, timedelta

from community.models import Group, Member
from forum.actions import posts
from forum.models import Topic
from moderation import registry
from moderation.actions import reports
from moderation.models import Rule


def report(group: Group, author: Member, reporter: Member, now: datetime) -> None:
    """Somebody was rude about somebody's prices."""
    topic = Topic.objects.filter(category__group=group).order_by("pk")[0]
    post = posts.reply(
        author=author,
        topic=topic,
        body="Garage racks, pints… no wonder people think we are all amateurs. Charge properly or get out.",
        client_key=f"demo-rude-{group.pk}",
        at=now - timedelta(hours=9),
    )
    subject = registry.find("post", post.pk)
    if subject is None:
        raise LookupError(post.pk)
    rule = Rule.objects.filter(is_current=True).order_by("position")[0]
    reports.report(
        reporter=reporter,
        subject=subject,
        rule=rule,
        text="This is the second time. People stop asking.",
        at=now - timedelta(hours=8),
    )
