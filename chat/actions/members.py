"""What chat does when people come and go."""

from datetime import datetime
from typing import Any

from chat.models import Seat
from community.models import Group, Member
from live.publish import recheck


def left(*, group: Group, member: Member, at: datetime, **_: Any) -> None:
    """Who leaves a group loses its rooms, on open pages too."""
    recheck(member.pk)


def departed(*, member: Member, at: datetime, **_: Any) -> None:
    """What they said stays, signed "a former member"; where they sat and what they read goes."""
    Seat.objects.filter(member=member).delete()
