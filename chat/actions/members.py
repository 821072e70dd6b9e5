"""What chat does when people come and go."""

from datetime import datetime
from typing import Any

from chat.models import Reaction, Seat, Star
from community.models import Group, Member
from live.publish import recheck


def left(*, group: Group, member: Member, at: datetime, **_: Any) -> None:
    """Who leaves a group loses its rooms, on open pages too."""
    recheck(member.pk)


def departed(*, member: Member, at: datetime, **_: Any) -> None:
    """What they said stays, signed "a former member"; where they sat, what they read, kept and felt goes.

    Faces they took along are missed by open pages until these are drawn anew: no room's clock moves for it.
    """
    for of_theirs in (Seat, Reaction, Star):
        of_theirs.objects.filter(member=member).delete()
