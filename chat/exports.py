"""What chat holds of a member, as plain rows."""

from collections.abc import Iterator
from typing import Any

from chat.models import Message, Seat
from community.models import Member


def messages(member: Member) -> Iterator[dict[str, Any]]:
    """Everything they said, as typed."""
    rows = Message.objects.filter(author=member).select_related("room").order_by("id")
    for message in rows.iterator(chunk_size=500):
        yield {
            "room": message.room.title,
            "number": message.seq,
            "address": message.get_absolute_url(),
            "text": message.body,
            "said_at": message.created_at.isoformat(),
            "edited_at": message.edited_at.isoformat() if message.edited_at else None,
            "hidden_at": message.hidden_at.isoformat() if message.hidden_at else None,
            "removed_at": message.deleted_at.isoformat() if message.deleted_at else None,
        }


def seats(member: Member) -> Iterator[dict[str, Any]]:
    """Where they sit and how far they have read."""
    rows = Seat.objects.filter(member=member).select_related("room").order_by("id")
    for seat in rows.iterator(chunk_size=500):
        yield {
            "room": seat.room.title,
            "seated_at": seat.seated_at.isoformat(),
            "left_at": seat.left_at.isoformat() if seat.left_at else None,
            "read_to": seat.last_read_seq,
        }
