"""Opening rooms and giving out places in them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from chat.models import Room, Seat
from community.models import Group, Member
from live.publish import recheck


def open_room(
    *,
    group: Group,
    title: str,
    audience: Room.Audience | str,
    origin_title: str = "",
    origin_url: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    at: datetime,
) -> Room:
    """Open a room in a group; what it belongs to (a meetup, say) is known by its title and address."""
    return Room.objects.create(
        group=group,
        title=title,
        audience=audience,
        origin_title=origin_title,
        origin_url=origin_url,
        opens_at=opens_at,
        closed_at=closes_at,
        created_at=at,
    )


def open_main_room(*, group: Group, at: datetime) -> Room:
    """The group's own room, for its members; asking twice gives the same one."""
    found, _ = Room.objects.get_or_create(
        group=group,
        is_main=True,
        defaults={"title": group.name, "audience": Room.Audience.GROUP, "created_at": at},
    )
    return found


def founded(*, group: Group, at: datetime, **_: Any) -> None:
    """A new group begins with its room."""
    open_main_room(group=group, at=at)


def seat(*, room: Room, member: Member, at: datetime) -> None:
    """Give a member a place; one who had left comes back to where they had read to."""
    Seat.objects.bulk_create(
        [Seat(room=room, member=member, seated_at=at)],
        update_conflicts=True,
        unique_fields=["room", "member"],
        update_fields=["seated_at", "left_at"],
    )


def unseat(*, room: Room, member: Member, at: datetime) -> None:
    """Take the place away: their open pages lose the room at once, what they said stays."""
    with transaction.atomic():
        left = Seat.objects.filter(room=room, member=member, left_at=None).update(left_at=at)
        if left:
            recheck(member.pk)


def shift(*, room: Room, by: timedelta) -> None:
    """What it belongs to was moved: its hours go along."""
    with transaction.atomic():
        held = Room.objects.select_for_update().get(pk=room.pk)
        held.opens_at = held.opens_at + by if held.opens_at else None
        held.closed_at = held.closed_at + by if held.closed_at else None
        held.save(update_fields=["opens_at", "closed_at"])


def close(*, room: Room, at: datetime) -> None:
    """Read-only from now on, where it was to be open longer."""
    open_longer = Q(closed_at=None) | Q(closed_at__gt=at)
    Room.objects.filter(open_longer, pk=room.pk).update(closed_at=at)
