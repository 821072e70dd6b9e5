"""Who came: checked in at the door, apart from what they had answered."""

from datetime import datetime

from django.db import transaction

from community.actions import trust
from community.models import Member
from meetups.models import Attendance, Meetup
from meetups.policies import may_keep_the_door


def check_in(*, actor: Member, meetup: Meetup, member: Member, at: datetime) -> Attendance:
    """They are here; twice is once. The first evening ever lifts a newcomer's limits."""
    may_keep_the_door(actor, meetup, at).or_refuse()
    with transaction.atomic():
        attendance, is_new = Attendance.objects.get_or_create(
            meetup=meetup, member=member, defaults={"checked_in_at": at, "checked_in_by": actor}
        )
        if is_new and member.attended_at is None:
            trust.attended(member=member, first_at=at, at=at)
        return attendance


def walk_in(*, actor: Member, meetup: Meetup, name: str, at: datetime) -> Attendance:
    """Someone without an answer or an account is here."""
    may_keep_the_door(actor, meetup, at).or_refuse()
    return Attendance.objects.create(meetup=meetup, walk_in_name=name.strip(), checked_in_at=at, checked_in_by=actor)


def undo(*, actor: Member, attendance: Attendance, at: datetime) -> None:
    """It was a slip of the finger."""
    may_keep_the_door(actor, attendance.meetup, at).or_refuse()
    with transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).delete()
        if attendance.member_id is None:
            return
        member = Member.objects.get(pk=attendance.member_id)
        if member.attended_at != attendance.checked_in_at:
            return
        earlier = Attendance.objects.filter(member=member).order_by("checked_in_at")
        trust.attended(member=member, first_at=earlier.values_list("checked_in_at", flat=True).first(), at=at)
