"""How far a member has read; it only ever rises."""

from datetime import datetime

from chat.models import Room, Seat
from community.models import Member
from notifications.actions import inbox


def read(*, member: Member, room: Room, seq: int, at: datetime) -> None:
    """Note that they have seen all up to `seq`; one query, two the first time.

    In a room of the whole group the seat is only this mark; where seats let in, none is given here.
    """
    seen = min(seq, room.last_seq)
    mine = Seat.objects.filter(room=room, member=member)
    if mine.filter(last_read_seq__lt=seen).update(last_read_seq=seen):
        return
    if room.audience == Room.Audience.GROUP:
        Seat.objects.bulk_create(
            [Seat(room=room, member=member, seated_at=at, last_read_seq=seen)], ignore_conflicts=True
        )


def heard(*, member: Member, room: Room, at: datetime) -> None:
    """They have the newest before them: what their inbox says about this room is read."""
    inbox.read_subject(member_id=member.pk, subject=f"room:{room.pk}", at=at)
