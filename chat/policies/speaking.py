"""May they say, change, react, pin?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Subquery

from chat.models import Message, Room, Seat
from chat.policies.rooms import is_open, may_care, stops_of
from community.models import Member, Membership, Sanction
from community.policies.sanctions import may_write
from community.policies.trust import is_new
from community.verdicts import YES, Verdict, no

WINDOW = timedelta(seconds=20)
NEWCOMER_MESSAGES, MESSAGES = 8, 20
"""How many in `WINDOW` in one room; having come to a meetup once lifts the newcomer's limit."""
STOPPING = [Sanction.Kind.SILENCE, Sanction.Kind.SUSPEND]


def may_say(member: Member, room: Room, at: datetime) -> Verdict:
    """For one who sees the room: it is open, and they are not silenced, here or in the group; two queries."""
    seat = Seat.objects.filter(room=room, member=member).first() or Seat()
    hush = _heard_out(seat.silenced_until, seat.silenced_why, member, at)
    return is_open(room, at) and may_write(member, room.group, at) and hush


def may_change(member: Member, message: Message, room: Room, at: datetime) -> Verdict:
    """Edit or remove: one's own words, while they stand and the room is open; two queries."""
    if message.author_id != member.pk:
        return no("Only the one who said it can change it.")
    return _stands(message) and may_say(member, room, at)


def may_react(member: Member, message: Message, room: Room, at: datetime) -> Verdict:
    """Whoever may speak, to words that stand; two queries."""
    return _stands(message) and may_say(member, room, at)


def may_pin(member: Member, message: Message, room: Room) -> Verdict:
    """Those who look after the group; one query."""
    return _stands(message) and may_care(member, room)


@dataclass(frozen=True, slots=True)
class Place:
    """A member in a room at the moment they speak, read in one query under the room's lock."""

    member: Member
    room: Room
    silenced_until: datetime | None
    silenced_why: str
    is_sent: bool
    is_stopped: bool
    governs: bool
    last_at: datetime | None
    """When they last spoke here."""
    oldest_at: datetime | None
    """When they said the first of as many messages as are allowed in `WINDOW`, if it was in it."""

    def may_write(self, at: datetime) -> Verdict:
        """Open, and not silenced. No query, but for the reason of a sanction."""
        if answer := is_open(self.room, at):
            answer = may_write(self.member, self.room.group, at) if self.is_stopped else YES
        return answer and _heard_out(self.silenced_until, self.silenced_why, self.member, at)

    def may_say(self, at: datetime) -> Verdict:
        """And not too quick here."""
        return self.may_write(at) and self._in_time(at)

    def _in_time(self, at: datetime) -> Verdict:
        """Over-rate slows the sender in this room and nowhere else."""
        slow = timedelta(seconds=self.room.slow_seconds)
        if self.room.slow_seconds and self.last_at and not self.governs and at < self.last_at + slow:
            wait = ceil((self.last_at + slow - at).total_seconds())
            pace = _seconds(self.room.slow_seconds)
            return no(f"This room takes it slowly: one message every {pace}. Yours goes in {_seconds(wait)}.", wait)
        if self.oldest_at is None:
            return YES
        wait = max(1, ceil((self.oldest_at + WINDOW - at).total_seconds()))
        return no(f"You are quick. You can say more here in {_seconds(wait)}.", wait)


def place_of(member: Member, room_id: int, client_key: str, at: datetime) -> Place | None:
    """Where a member stands who is about to speak, if they see the room; one query."""
    allowed = NEWCOMER_MESSAGES if is_new(member) else MESSAGES
    mine = Message.objects.filter(author=member, room=OuterRef("pk")).order_by("-seq").values("created_at")
    governing = Membership.objects.live().governing().filter(member=member, group=OuterRef("group"))
    seat = Seat.objects.filter(room=OuterRef("pk"), member=member)
    rows = Room.objects.visible_to(member).select_related("group").filter(pk=room_id)
    room = rows.annotate(
        is_sent=Exists(Message.objects.filter(author=member, client_key=client_key)),
        is_stopped=Exists(stops_of(member, at).filter(kind__in=STOPPING)),
        governs=Exists(governing),
        last_at=Subquery(mine.filter(created_at__lte=at)[:1]),
        oldest_at=Subquery(mine.filter(created_at__gt=at - WINDOW, created_at__lte=at)[allowed - 1 : allowed]),
        silenced_until=Subquery(seat.values("silenced_until")[:1]),
        silenced_why=Subquery(seat.values("silenced_why")[:1]),
    ).first()
    if room is None:
        return None
    return Place(
        member=member,
        room=room,
        silenced_until=room.silenced_until,
        silenced_why=room.silenced_why or "",
        is_sent=room.is_sent,
        is_stopped=room.is_stopped,
        governs=room.governs or member.is_moderator,
        last_at=room.last_at,
        oldest_at=room.oldest_at,
    )


def _stands(message: Message) -> Verdict:
    return no("This message was taken down.") if message.deleted_at or message.hidden_at else YES


def _heard_out(until: datetime | None, why: str, member: Member, at: datetime) -> Verdict:
    """Those who look after the room may have asked this member to listen for a while."""
    if until is None or until <= at:
        return YES
    local = until.astimezone(ZoneInfo(member.time_zone))
    return no(f"You may read this room, and write in it again from {local:%-d %B, %H:%M}: {why}")


def _seconds(count: int) -> str:
    if count < 100:  # noqa: PLR2004  (then minutes say it better)
        return f"{count} second{'' if count == 1 else 's'}"
    return f"{ceil(count / 60)} minutes"
