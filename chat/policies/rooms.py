"""May they see a room, follow it, care for it?"""

from collections.abc import Collection
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
    return member is not None and member.pk in who_may_listen([member.pk], number, at)


def who_may_listen(member_ids: Collection[int], number: int, at: datetime) -> set[int]:
    """The same of many members: those of them that may; one query."""
    each = OuterRef(OuterRef("pk"))
    suspended = stops_of(each, at).filter(kind=Sanction.Kind.SUSPEND)
    room = Room.objects.filter(~Exists(suspended), pk=number)
    may = Exists(room.of(each)) | Q(Exists(room), is_moderator=True)
    return set(Member.objects.filter(may, pk__in=member_ids).values_list("pk", flat=True))


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


def stops_of(member: Member | OuterRef, at: datetime) -> SanctionQuerySet:
    """What stops a member in the group of the room asked about, or everywhere."""
    where = Q(group=None) | Q(group=OuterRef("group"))
    return Sanction.objects.in_force(at).filter(where, member=member)


def may_open_room(member: Member | None, group: Group) -> Verdict:
    """Those who look after a group open rooms in it; one query."""
    return may_moderate(member, group)
