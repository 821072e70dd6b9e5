"""Looking after a room: slow it down, ask someone to listen, make it read-only; each is told and stands in the log."""

from datetime import datetime, timedelta

from django.db import transaction

from chat import notices
from chat.actions import writing
from chat.models import Room, Seat
from chat.policies.rooms import may_care, may_open_room
from community.actions import log
from community.models import Group, Member
from community.policies.sanctions import may_sanction
from community.verdicts import NotAllowed
from live.publish import publish

SLOWEST = 3600
LONGEST_TITLE = 80


def open_beside(*, actor: Member, group: Group, title: str, at: datetime) -> Room:
    """Another room for the whole group; one of the same name that is open is found again. Raises `NotAllowed`."""
    may_open_room(actor, group).or_refuse()
    title = title.strip()[:LONGEST_TITLE]
    if not title:
        raise NotAllowed("Give the room a name.")
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        same = Room.objects.filter(group=group, audience=Room.Audience.GROUP, title=title, closed_at=None)
        if room := same.first():
            return room
        log.record(group=group, actor=actor, kind="room.opened", text=f"The room “{title}” was opened.", at=at)
        return Room.objects.create(group=group, title=title, created_at=at)


def set_closed(*, actor: Member, room: Room, is_closed: bool, at: datetime) -> None:
    """Read-only from now on, or open again; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_care(actor, held).or_refuse()
        if (held.closed_at is not None and held.closed_at <= at) == is_closed:
            return
        held.closed_at = at if is_closed else None
        held.save(update_fields=["closed_at"])
        did = "closed: what was said stays to read" if is_closed else "opened again"
        log.record(group=held.group, actor=actor, kind="room.closed", text=f"“{held.title}” was {did}.", at=at)
        publish(f"room:{held.pk}", "room.changed", {"room": held.pk})


def set_hours(
    *, actor: Member, room: Room, opens_at: datetime | None, closes_at: datetime | None, at: datetime
) -> None:
    """From when and until when people may write; None for no bound. Raises `NotAllowed`."""
    if opens_at and closes_at and closes_at <= opens_at:
        raise NotAllowed("A room closes after it opens.")
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_care(actor, held).or_refuse()
        if (held.opens_at, held.closed_at) == (opens_at, closes_at):
            return
        held.opens_at, held.closed_at = opens_at, closes_at
        held.save(update_fields=["opens_at", "closed_at"])
        log.record(group=held.group, actor=actor, kind="room.hours", text=f"New hours of “{held.title}”.", at=at)
        publish(f"room:{held.pk}", "room.changed", {"room": held.pk})


def set_keeping(*, actor: Member, room: Room, keep_days: int | None, at: datetime) -> None:
    """How many days what was said is kept, None for ever; what is pinned or cited stays. Raises `NotAllowed`."""
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_care(actor, held).or_refuse()
        if held.keep_days == keep_days:
            return
        held.keep_days = keep_days
        held.save(update_fields=["keep_days"])
        words = f"for {keep_days} days" if keep_days else "for ever"
        text = f"What is said in “{held.title}” is kept {words}."
        log.record(group=held.group, actor=actor, kind="room.keeping", text=text, at=at)


def set_pace(*, actor: Member, room: Room, seconds: int, at: datetime) -> None:
    """So many seconds between two messages of one member, 0 for as they like. Raises `NotAllowed`."""
    if not 0 <= seconds <= SLOWEST:
        raise NotAllowed("Choose between no wait and an hour.")
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_care(actor, held).or_refuse()
        if held.slow_seconds == seconds:
            return
        held.slow_seconds = seconds
        held.save(update_fields=["slow_seconds"])
        words = f"one message every {seconds} seconds" if seconds else "as quickly as people like"
        log.record(group=held.group, actor=actor, kind="room.paced", text=f"Pace of “{held.title}”: {words}.", at=at)
        publish(f"room:{held.pk}", "room.changed", {"room": held.pk})


def silence(*, actor: Member, room: Room, member: Member, lasts: timedelta, why: str, at: datetime) -> None:
    """Ask a member to listen in this room for a while; they are told why. Elsewhere they write as before.

    The whole group, or the site, is a matter for a moderation decision. Raises `NotAllowed`.
    """
    why = why.strip()[:300]
    if not why:
        raise NotAllowed("Say why: they will read it.")
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_care(actor, held).or_refuse()
        may_sanction(actor, member, held.group).or_refuse()
        Seat.objects.bulk_create([Seat(room=held, member=member, seated_at=at, left_at=at)], ignore_conflicts=True)
        Seat.objects.filter(room=held, member=member).update(silenced_until=at + lasts, silenced_why=why)
        text = f"A member was asked to listen in “{held.title}” for a while."
        log.record(group=held.group, actor=None, kind="room.silenced", text=text, at=at, data={"member": member.pk})
        notices.silenced(held, member, at + lasts, why, at=at)


def end_silence(*, actor: Member, room: Room, member: Member, at: datetime) -> None:
    """Let them speak again; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        held = writing.locked(room.pk, actor)
        may_care(actor, held).or_refuse()
        may_sanction(actor, member, held.group).or_refuse()
        silenced = Seat.objects.filter(room=held, member=member, silenced_until__gt=at)
        if silenced.update(silenced_until=None, silenced_why=""):
            text = f"A member may speak again in “{held.title}”."
            log.record(group=held.group, actor=None, kind="room.heard", text=text, at=at)
