"""May they, on an evening of a group?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from community.models import Group, Member, Sanction
from community.policies.groups import may_manage
from community.queries import written
from community.verdicts import YES, Verdict, no
from meetups.models import Meetup, Rsvp, Series

DOOR_OPENS = timedelta(hours=3)
Audience = Group.Audience


def may_run(member: Member | None, group: Group, role: str | None = None) -> Verdict:
    """Plan, change and call off meetups of a group: its organisers. `role` saves the query where it is known."""
    return may_manage(member, group, role)


def may_curate(member: Member | None) -> Verdict:
    """Say which calendars of vendors' programmes are read: editors and operators. No query."""
    if member is not None and member.pk and member.is_active and (member.is_staff or member.is_superuser):
        return YES
    return no("Editors of this site choose which programmes are read.")


def may_change(member: Member | None, meetup: Meetup, at: datetime, role: str | None = None) -> Verdict:
    """Change or call off this one: while it is not over and not called off."""
    verdict = may_run(member, meetup.group, role)
    if not verdict:
        return verdict
    if meetup.is_cancelled:
        return no("This meetup is cancelled. Copy it to plan another.")
    if meetup.ends_at <= at:
        return no("This meetup is over; its page stays as it was.")
    return YES


def may_answer(member: Member | None, meetup: Meetup, at: datetime) -> Verdict:
    """Say whether they come; never after the end, nor to one that was called off. At most one query."""
    closed = answers_closed(meetup, at)
    if closed:
        return no(closed)
    return _may_take_part(member, meetup.group, at)


def may_still_answer(meetup: Meetup, at: datetime) -> Verdict:
    """Asked again under the lock: what the meetup's row alone decides. No query."""
    closed = answers_closed(meetup, at)
    return no(closed) if closed else YES


def _may_take_part(member: Member | None, group: Group, at: datetime) -> Verdict:
    if member is None or not member.pk:
        return no("Sign in, or leave your name and e-mail.")
    if not member.is_active or member.departed_at:
        return no("This account is closed.")
    stops: list[Sanction] = written.ask("suspended", _suspended, member=member.pk, group=group.pk, at=at)
    return no(f"You may not take part for now: {stops[0].reason}") if stops else YES


def _suspended(member: int, group: int, at: datetime) -> "QuerySet[Sanction]":
    in_force = Sanction.objects.in_force(at).covering(Group(pk=group))
    return in_force.filter(member=member, kind=Sanction.Kind.SUSPEND).order_by("pk")


def may_stand(member: Member | None, series: Series, at: datetime) -> Verdict:
    """Come to every date of a series: who may answer one, while it goes on. At most one query."""
    if series.ends_on is not None and series.ends_on <= at.date():
        return no("This series has ended.")
    return _may_take_part(member, series.group, at)


def answers_closed(meetup: Meetup, at: datetime) -> str:
    """Why nobody can answer any more; "" while they can. No query."""
    if meetup.is_cancelled:
        return "This meetup is cancelled."
    if meetup.state != Meetup.State.PUBLISHED:
        return "This meetup is not published yet."
    if meetup.ends_at <= at:
        return "This meetup is over."
    return ""


def may_begin(meetup: Meetup, at: datetime) -> Verdict:
    """Answer for the first time, while answers are taken; who has an answer may always change it. No query."""
    if meetup.answers_open_at and at < meetup.answers_open_at:
        return no(f"You can say so from {_local(meetup, meetup.answers_open_at)} on.")
    if meetup.answers_close_at and at >= meetup.answers_close_at:
        return no(f"Answers closed on {_local(meetup, meetup.answers_close_at)}. Ask the organisers.")
    return YES


def closed_to(meetup: Meetup, answer: Rsvp | None, at: datetime) -> str:
    """Why someone with this answer cannot answer now; "" if they can. No query."""
    closed = answers_closed(meetup, at)
    if closed or (answer is not None and answer.is_live):
        return closed
    return may_begin(meetup, at).reason


def _local(meetup: Meetup, moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(meetup.time_zone)):%A %-d %B, %H:%M}"


def may_keep_the_door(member: Member | None, meetup: Meetup, at: datetime, role: str | None = None) -> Verdict:
    """Check people in: organisers, from three hours before the start."""
    verdict = may_run(member, meetup.group, role)
    if not verdict:
        return verdict
    if meetup.is_cancelled:
        return no("This meetup is cancelled; nobody is let in.")
    if at < meetup.starts_at - DOOR_OPENS:
        return no("People can be checked in from three hours before the start.")
    return YES


def may_see_attendees(meetup: Meetup, role: str, answer: Rsvp | None) -> Verdict:
    """Read who is coming, as the group has set it. No query."""
    audience = meetup.group.attendees_visible_to
    is_going = answer is not None and answer.state == Rsvp.State.GOING
    if audience == Audience.EVERYONE or role == "organiser":
        return YES
    if audience == Audience.MEMBERS:
        return YES if role else no("Members of this group see who is coming.")
    if audience == Audience.ATTENDEES:
        return YES if is_going else no("People who are going see who else is.")
    return no("Only the organisers see who is coming.")


def may_see_link(meetup: Meetup, role: str, answer: Rsvp | None) -> bool:
    """The link to join online: those who are going, and organisers. No query."""
    return role == "organiser" or (answer is not None and answer.state == Rsvp.State.GOING)


def may_enter_room(member: Member | None, meetup: Meetup, role: str, answer: Rsvp | None) -> Verdict:
    """The room of an evening is for those who are going, and those who run the group. No query."""
    if member is None or not member.pk:
        return no("Sign in to talk.")
    if role == "organiser" or (answer is not None and answer.state == Rsvp.State.GOING):
        return YES
    return no("The room is for people who are going. Say you are coming, then come in.")
