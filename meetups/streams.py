"""What open pages may listen to: "meetup:<id>"."""

from typing import Any

from live.registry import Stream
from meetups.models import Meetup


def may_join(member: Any, number: int) -> bool:
    """Whoever may see the evening; visitors too, where anyone may."""
    return Meetup.objects.visible_to(member).filter(pk=number).exists()


MEETUP = Stream(kind="meetup", may_join=may_join)
