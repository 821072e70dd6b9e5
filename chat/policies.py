"""May they hear, say, change?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from chat.models import Message, Room
from community.models import Member, Sanction
from community.policies.sanctions import may_write
from community.policies.trust import is_new
from community.verdicts import YES, Verdict, no

WINDOW = timedelta(seconds=20)
NEWCOMER_MESSAGES, MESSAGES = 8, 20
"""How many in `WINDOW` in one room; having come to a meetup once lifts the newcomer's limit."""


def may_see(member: Member | None, room: Room) -> Verdict:
    """The same question as `visible_to`, asked of one room; one query."""
    seen = Room.objects.visible_to(member).filter(pk=room.pk).exists()
    return YES if seen else no("There is no such room here.")


def may_listen(member: Member | None, number: int, at: datetime) -> bool:
    """Whether an open page may follow a room: whoever sees it and is not suspended there; two queries."""
    room = Room.objects.visible_to(member).select_related("group").filter(pk=number).first()
    if room is None:
        return False
    stopped = Sanction.objects.in_force(at).covering(room.group).filter(member=member, kind=Sanction.Kind.SUSPEND)
    return not stopped.exists()


def is_open(room: Room, at: datetime) -> Verdict:
    """Rooms of a meetup open some time before it and are closed after its recap; no query."""
    if room.opens_at and at < room.opens_at:
        return no("This room is not open yet.")
    if room.closed_at and room.closed_at <= at:
        return no("This room is closed: what was said stays here to read.")
    return YES


def may_say(member: Member, room: Room, at: datetime) -> Verdict:
    """For one who sees the room: it is open, and they are neither silenced nor suspended; one query."""
    return is_open(room, at) and may_write(member, room.group, at)


def may_change(member: Member, message: Message, room: Room, at: datetime) -> Verdict:
    """Edit or remove: one's own words, while they stand and the room is open; one query."""
    if message.author_id != member.pk:
        return no("Only the one who said it can change it.")
    if message.deleted_at or message.hidden_at:
        return no("This message was taken down.")
    return may_say(member, room, at)


def may_say_now(member: Member, said_at: Sequence[datetime], at: datetime) -> Verdict:
    """Over-rate slows the sender in this room and nowhere else; `said_at`: when they last spoke here. No query."""
    allowed = NEWCOMER_MESSAGES if is_new(member) else MESSAGES
    recent = sorted(moment for moment in said_at if moment > at - WINDOW)
    if len(recent) < allowed:
        return YES
    wait = max(1, ceil((recent[-allowed] + WINDOW - at).total_seconds()))
    return no(f"You are quick. You can say more here in {wait} second{'s' if wait > 1 else ''}.", wait)
