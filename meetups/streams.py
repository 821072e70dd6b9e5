"""What open pages may listen to: "meetup:<id>", and "proposals:<group id>" with a group's topics and their votes."""

from collections.abc import Collection
from typing import Any

from community.models import Group
from live.registry import Stream
from meetups.models import Meetup


def may_join(member: Any, number: int) -> bool:
    """Whoever may see the evening; visitors too, where anyone may."""
    return Meetup.objects.visible_to(member).filter(pk=number).exists()


def who_may_join(members: Collection[Any], number: int) -> set[int]:
    """The keys of those that may: all, where anyone may; else each is asked."""
    is_public = may_join(None, number)
    return {member.pk for member in members if is_public or may_join(member, number)}


def may_follow(member: Any, number: int) -> bool:
    """Whoever may see the group."""
    return Group.objects.visible_to(member).filter(pk=number).exists()


MEETUP = Stream(kind="meetup", may_join=may_join, who_may_join=who_may_join)
PROPOSALS = Stream(kind="proposals", may_join=may_follow)
