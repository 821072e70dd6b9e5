"""What open pages may listen to: "meetup:<id>", and "proposals:<group id>" with a group's topics and their votes."""

from typing import Any

from community.models import Group
from live.registry import Stream
from meetups.models import Meetup


def may_join(member: Any, number: int) -> bool:
    """Whoever may see the evening; visitors too, where anyone may."""
    return Meetup.objects.visible_to(member).filter(pk=number).exists()


def may_follow(member: Any, number: int) -> bool:
    """Whoever may see the group."""
    return Group.objects.visible_to(member).filter(pk=number).exists()


MEETUP = Stream(kind="meetup", may_join=may_join)
PROPOSALS = Stream(kind="proposals", may_join=may_follow)
