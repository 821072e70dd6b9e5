"""What becomes of answers and attendance when someone leaves a group, or altogether."""

from datetime import datetime
from typing import Any

from community.models import Group, Member
from live.changes import EVERYTHING, changed
from meetups.actions import copies, dates, rsvps, standing
from meetups.models import (
    AgendaItem,
    Announcement,
    Attendance,
    CalendarFeed,
    CalendarImport,
    Invitation,
    Point,
    ProgrammeFeed,
    QueueMove,
    Rsvp,
    RsvpReply,
    RsvpRequest,
    SlotAnswer,
    Vote,
)

A_FORMER_MEMBER = "a former member"


def left(*, group: Group, member: Member, at: datetime, **_: Any) -> None:
    """They come to no more evenings of the group they left."""
    standing.forget(member=member, group=group)
    rsvps.withdraw(member=member, group=group, at=at)
    copies.withdraw(member=member, group=group, at=at)
    AgendaItem.objects.filter(speaker=member, meetup__group=group, meetup__ends_at__gt=at).update(speaker=None)
    Point.objects.filter(owner=member, meetup__group=group).update(owner=None)
    dates.shown_anew(group.pk)


def departed(*, member: Member, at: datetime, **_: Any) -> None:
    """Seats to come are given up; what was is kept as numbers, without the person."""
    standing.forget(member=member)
    rsvps.withdraw(member=member, at=at)
    Rsvp.objects.filter(member=member).exclude(state=Rsvp.State.GOING).delete()
    QueueMove.objects.filter(member=member).update(member=None)
    Attendance.objects.filter(member=member).update(member=None, walk_in_name=A_FORMER_MEMBER)
    AgendaItem.objects.filter(speaker=member).update(speaker=None, speaker_name=A_FORMER_MEMBER)
    RsvpRequest.objects.filter(email__iexact=member.email).delete()
    CalendarFeed.objects.filter(member=member).delete()
    Invitation.objects.filter(member=member).delete()
    CalendarImport.objects.filter(member=member).delete()
    ProgrammeFeed.objects.filter(added_by=member).update(added_by=None)
    Announcement.objects.filter(author=member).update(author=None)
    Vote.objects.filter(member=member).update(member=None)
    Point.objects.filter(owner=member).update(owner=None)
    SlotAnswer.objects.filter(member=member).delete()
    RsvpReply.objects.filter(member=member).delete()
    changed(EVERYTHING)
