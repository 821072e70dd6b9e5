"""What open pages may listen to: "topic:<id>"."""

from typing import Any

from forum.models import Topic
from live.registry import Stream


def may_join(member: Any, number: int) -> bool:
    """Whoever may see the topic; visitors too, where anyone may."""
    return Topic.objects.visible_to(member).filter(pk=number).exists()


TOPIC = Stream(kind="topic", may_join=may_join)
