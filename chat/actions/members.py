"""What chat does when people come and go."""

from datetime import datetime
from typing import Any

from chat.actions import following, pictures
from chat.models import Citation, Hand, Reaction, Seat, Star, Vote
from community.models import Group, Member
from live.publish import recheck


def left(*, group: Group, member: Member, at: datetime, **_: Any) -> None:
    """Who leaves a group loses its rooms, on open pages too."""
    recheck(member.pk)


def departed(*, member: Member, at: datetime, **_: Any) -> None:
    """What they said stays, signed "a former member"; where they sat, what they read, kept and felt goes.

    Faces they took along are missed by open pages until these are drawn anew: no room's clock moves for it.
    """
    following.forget_author(member=member, at=at)
    pictures.forget(member=member)
    asked = Citation.objects.filter(message__author=member, state=Citation.State.ASKED)
    asked.update(state=Citation.State.REFUSED, settled_at=at)
    for of_theirs in (Seat, Reaction, Star, Vote, Hand):
        of_theirs.objects.filter(member=member).delete()
