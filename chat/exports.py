"""What chat holds of a member, as plain rows."""

from collections.abc import Iterator
from typing import Any

from chat.models import Message, Reaction, Seat, Star
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
            "silenced_until": seat.silenced_until.isoformat() if seat.silenced_until else None,
            "silenced_why": seat.silenced_why,
        }


def reactions(member: Member) -> Iterator[dict[str, Any]]:
    """The faces they put under messages."""
    for reaction in Reaction.objects.filter(member=member).select_related("message").order_by("id").iterator(500):
        yield {"face": reaction.face, "under": reaction.message.get_absolute_url()} | _when(reaction)


def stars(member: Member) -> Iterator[dict[str, Any]]:
    """The messages they kept for themselves."""
    for star in Star.objects.filter(member=member).select_related("message").order_by("id").iterator(500):
        yield {"message": star.message.get_absolute_url()} | _when(star)


def _when(row: Reaction | Star) -> dict[str, Any]:
    return {"at": row.created_at.isoformat()}
