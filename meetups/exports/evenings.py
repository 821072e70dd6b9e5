"""Answers, attendance, calendars."""

from collections.abc import Iterator
from typing import Any

from community.models import Member
from meetups.models import (
    Announcement,
    Attendance,
    CalendarFeed,
    CalendarImport,
    Invitation,
    QueueMove,
    Rsvp,
    RsvpReply,
    StandingRsvp,
)


def rsvps(member: Member) -> Iterator[dict[str, Any]]:
    """Every answer."""
    for rsvp in Rsvp.objects.filter(member=member).select_related("meetup__group").order_by("created_at"):
        yield {
            "meetup": rsvp.meetup.title,
            "group": rsvp.meetup.group.name,
            "starts_at": rsvp.meetup.starts_at.isoformat(),
            "answer": rsvp.get_state_display(),
            "guests": rsvp.guests,
            "answered_at": rsvp.created_at.isoformat(),
            "changed_at": rsvp.changed_at.isoformat(),
        }


def queue(member: Member) -> Iterator[dict[str, Any]]:
    """Every step of theirs in a waiting list."""
    moves = QueueMove.objects.filter(member=member).select_related("meetup")
    for move in moves.order_by("pk"):
        yield {
            "meetup": move.meetup.title,
            "starts_at": move.meetup.starts_at.isoformat(),
            "step": move.get_kind_display(),
            "number": move.queue_number,
            "seats": move.seats,
            "made_at": move.made_at.isoformat(),
        }


def standing(member: Member) -> Iterator[dict[str, Any]]:
    """Every series they come to each time."""
    rows = StandingRsvp.objects.filter(member=member).select_related("series__group")
    for each in rows.order_by("created_at"):
        yield {
            "series": each.series.title,
            "group": each.series.group.name,
            "guests": each.guests,
            "since": each.created_at.isoformat(),
        }


def attendances(member: Member) -> Iterator[dict[str, Any]]:
    """Every evening they came to."""
    for attendance in (
        Attendance.objects.filter(member=member).select_related("meetup__group").order_by("checked_in_at")
    ):
        yield {
            "meetup": attendance.meetup.title,
            "group": attendance.meetup.group.name,
            "starts_at": attendance.meetup.starts_at.isoformat(),
            "checked_in_at": attendance.checked_in_at.isoformat(),
        }


def calendars(member: Member) -> Iterator[dict[str, Any]]:
    """Every address of their own calendar, ended ones too; the secret in it is not kept."""
    for feed in CalendarFeed.objects.filter(member=member).prefetch_related("left_out").order_by("created_at"):
        yield {
            "made_at": feed.created_at.isoformat(),
            "ended_at": feed.revoked_at.isoformat() if feed.revoked_at else "",
            "only_going": feed.only_going,
            "left_out": ", ".join(sorted(group.name for group in feed.left_out.all())),
            "last_fetched_at": feed.last_fetched_at.isoformat() if feed.last_fetched_at else "",
            "last_client": feed.last_client,
        }


def invitations(member: Member) -> Iterator[dict[str, Any]]:
    """Every evening that was mailed to their calendar."""
    rows = Invitation.objects.filter(member=member).select_related("meetup__group").order_by("sent_at")
    for each in rows:
        yield {
            "meetup": each.meetup.title,
            "group": each.meetup.group.name,
            "starts_at": each.meetup.starts_at.isoformat(),
            "mailed_at": each.sent_at.isoformat(),
            "calendar_answered_at": each.replied_at.isoformat() if each.replied_at else "",
            "calendar_shows": each.shows,
        }


def announcements(member: Member) -> Iterator[dict[str, Any]]:
    """What they wrote to those who come."""
    for said in Announcement.objects.filter(author=member).select_related("meetup").order_by("sent_at"):
        yield {
            "meetup": said.meetup.title,
            "to": said.get_audience_display(),
            "subject": said.subject,
            "words": said.words,
            "sent_at": said.sent_at.isoformat(),
        }


def calendar_imports(member: Member) -> Iterator[dict[str, Any]]:
    """Calendars they are looking over; each is gone after a day."""
    for each in CalendarImport.objects.filter(member=member).select_related("group").order_by("made_at"):
        yield {"group": each.group.name, "source": each.source, "made_at": each.made_at.isoformat(), "text": each.text}


def replies(member: Member) -> Iterator[dict[str, Any]]:
    """What they answered organisers."""
    for each in RsvpReply.objects.filter(member=member).select_related("question__meetup").order_by("pk"):
        yield {
            "meetup": each.question.meetup.title,
            "starts_at": each.question.meetup.starts_at.isoformat(),
            "question": each.question.text,
            "answer": each.text,
            "answered_at": each.replied_at.isoformat(),
        }


ALL = {
    "rsvps": rsvps,
    "queue": queue,
    "standing": standing,
    "attendances": attendances,
    "calendars": calendars,
    "invitations": invitations,
    "announcements": announcements,
    "calendar_imports": calendar_imports,
    "rsvp_answers": replies,
}
"""By the name of their file in the download."""
