"""May they, once an evening has begun: note what is open, write it up, say whether a slot was for them?"""

from datetime import datetime, timedelta

from community.models import Member
from community.policies.groups import may_manage, role_of
from community.policies.sanctions import may_write
from community.verdicts import YES, Verdict, no
from meetups.models import Attendance, Meetup, Point, Rsvp

AFTERWARDS = timedelta(days=30)
"""How long after its end an evening is still talked about here."""


def was_there(member: Member | None, meetup: Meetup) -> bool:
    """Checked in at the door, or going; at most two queries."""
    if member is None or not member.pk:
        return False
    if Attendance.objects.filter(meetup=meetup, member=member).exists():
        return True
    return Rsvp.objects.going().filter(meetup=meetup, member=member).exists()


def is_afterwards(meetup: Meetup, at: datetime) -> Verdict:
    """Whether it has begun, and is not long past. No query."""
    if meetup.state != Meetup.State.PUBLISHED:
        return no("This meetup did not take place.")
    if at < meetup.starts_at:
        return no("The evening has not begun yet.")
    if at >= meetup.ends_at + AFTERWARDS:
        return no(f"That was more than {AFTERWARDS.days} days ago; it stays as it is.")
    return YES


def may_note(member: Member | None, meetup: Meetup, at: datetime, role: str | None = None) -> Verdict:
    """Organisers, and whoever was there; four queries at most."""
    if not (verdict := is_afterwards(meetup, at)):
        return verdict
    role = role_of(member, meetup.group) if role is None else role
    if role != "organiser" and not was_there(member, meetup):
        return no("Those who were there, and organisers, note what is open.")
    return may_write(member, meetup.group, at)


def may_settle(member: Member | None, point: Point, role: str | None = None) -> Verdict:
    """Organisers, whoever noted it, and whoever took it on; at most one query."""
    if member is not None and member.pk and member.pk in {point.noted_by_id, point.owner_id}:
        return YES
    if may_manage(member, point.meetup.group, role):
        return YES
    return no("An organiser, whoever noted it or whoever took it on can do that.")


def may_recap(member: Member | None, meetup: Meetup, at: datetime, role: str | None = None) -> Verdict:
    """Organisers, once it is over."""
    if not (verdict := may_manage(member, meetup.group, role)):
        return verdict
    if meetup.state != Meetup.State.PUBLISHED:
        return no("This meetup did not take place.")
    if at < meetup.ends_at:
        return no("The evening is not over yet. A recap can be written once it is.")
    return YES


def may_say(member: Member | None, meetup: Meetup, at: datetime) -> Verdict:
    """Say whether a slot was for them: whoever was there, for a month; at most two queries."""
    if not (verdict := is_afterwards(meetup, at)):
        return verdict
    return YES if was_there(member, meetup) else no("Those who were there say so.")
