"""What open pages may listen to: "topic:<id>", and "whispers:<id>" for those who look after its group."""

from typing import Any

from community.models import Membership
from forum.models import Topic
from live.registry import Stream


def may_join(member: Any, number: int) -> bool:
    """Whoever may see the topic; visitors too, where anyone may."""
    return Topic.objects.visible_to(member).filter(pk=number).exists()


def may_hear_whispers(member: Any, number: int) -> bool:
    """Those who look after the group the topic stands in; the site's moderators in every group's."""
    topics = Topic.objects.visible_to(member).filter(pk=number, category__group__isnull=False)
    if getattr(member, "is_moderator", False):
        return topics.exists()
    governed = Membership.objects.live().governing().filter(member=getattr(member, "pk", None)).values("group")
    return topics.filter(category__group__in=governed).exists()


TOPIC = Stream(kind="topic", may_join=may_join)
WHISPERS = Stream(kind="whispers", may_join=may_hear_whispers)
