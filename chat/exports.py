"""What chat holds of a member, as plain rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from chat.models import Citation, Enclosure, Hand, Message, Question, Reaction, Seat, Star, Vote
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


def pictures(member: Member) -> Iterator[dict[str, Any]]:
    """Pictures they sent into rooms; the files are in the folder beside."""
    rows = Enclosure.objects.filter(member=member).select_related("picture", "message__room").order_by("id")
    for row in rows.iterator(chunk_size=500):
        message = getattr(row, "message", None)
        yield {
            "file": row.picture.filename,
            "address": row.get_absolute_url(),
            "words": row.words,
            "message": message.get_absolute_url() if message else None,
            "sent_at": row.sent_at.isoformat(),
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


def questions(member: Member) -> Iterator[dict[str, Any]]:
    """What they asked, as typed."""
    for question in Question.objects.filter(author=member).order_by("id").iterator(500):
        yield {
            "question": question.body,
            "address": question.get_absolute_url(),
            "asked_at": question.asked_at.isoformat(),
            "answered": question.answered_at is not None,
            "withdrawn": question.withdrawn_at is not None,
            "hidden": question.hidden_at is not None,
        }


def votes(member: Member) -> Iterator[dict[str, Any]]:
    """The questions they wanted answered too."""
    for vote in Vote.objects.filter(member=member).select_related("question").order_by("id").iterator(500):
        yield {"question": vote.question.body, "address": vote.question.get_absolute_url()}


def hands(member: Member) -> Iterator[dict[str, Any]]:
    """When they wanted to speak."""
    for hand in Hand.objects.filter(member=member).select_related("room").order_by("id").iterator(500):
        yield {"room": hand.room.title, "raised_at": hand.raised_at.isoformat(), "has_spoken": hand.has_spoken}


def citations(member: Member) -> Iterator[dict[str, Any]]:
    """Their messages that were to stand in topics, and the topics they made of messages."""
    rows = Citation.objects.filter(Q(message__author=member) | Q(extract__made_by=member))
    for citation in rows.select_related("message", "extract__topic").order_by("id").iterator(500):
        topic = citation.extract.topic
        yield {
            "message": citation.message.get_absolute_url(),
            "title": citation.extract.title,
            "topic": topic.get_absolute_url() if topic else None,
            "made_by_you": citation.extract.made_by_id == member.pk,
            "state": citation.state,
            "why": citation.extract.decided_why,
        }


def _when(row: Reaction | Star) -> dict[str, Any]:
    return {"at": row.created_at.isoformat()}
