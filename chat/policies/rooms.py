"""May they see a room, follow it, care for it?"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from chat.models import Room
from community.models import Group, Member, Sanction
from community.models.sanction import SanctionQuerySet
from community.policies.groups import may_moderate
from community.verdicts import YES, Verdict, no


def may_see(member: Member | None, room: Room) -> Verdict:
    """The same question as `visible_to`, asked of one room; one query."""
    seen = Room.objects.visible_to(member).filter(pk=room.pk).exists()
    return YES if seen else no("There is no such room here.")


def may_listen(member: Member | None, number: int, at: datetime) -> bool:
    """Whether an open page may follow a room: whoever sees it and is not suspended there; one query."""
    suspended = stops_of(member, at).filter(kind=Sanction.Kind.SUSPEND)
    return Room.objects.visible_to(member).filter(~Exists(suspended), pk=number).exists()


def is_open(room: Room, at: datetime) -> Verdict:
    """Rooms of a meetup open some time before it and are closed after its recap; no query."""
    if room.opens_at and at < room.opens_at:
        return no("This room is not open yet.")
    if room.closed_at and room.closed_at <= at:
        return no("This room is closed: what was said stays here to read.")
    return YES


def may_care(member: Member | None, room: Room) -> Verdict:
    """Open, close, slow down, silence: those who look after the group; one query."""
    return may_moderate(member, room.group)


def stops_of(member: Member | None, at: datetime) -> SanctionQuerySet:
    """What stops a member in the group of the room asked about, or everywhere."""
    where = Q(group=None) | Q(group=OuterRef("group"))
    return Sanction.objects.in_force(at).filter(where, member=member)


def may_open_room(member: Member | None, group: Group) -> Verdict:
    """Those who look after a group open rooms in it; one query."""
    return may_moderate(member, group)
