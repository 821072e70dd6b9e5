"""Who hears of an evening, and how."""

from collections.abc import Iterable
from datetime import datetime

from community.models import Block, Member, Membership
from meetups.models import Meetup, Rsvp
from meetups.text import when, where
from notifications.actions import notify
from notifications.actions.notify import Message
from notifications.models.preference import Channel
from notifications.registry import Kind, register_kind

State = Rsvp.State


def register() -> None:
    """The kinds, once, when the site starts."""
    for kind in (
        Kind("meetups.promoted", "A seat came free for you", must_send=True),
        Kind("meetups.cancelled", "A meetup you answered is cancelled", must_send=True),
        Kind("meetups.changed", "A meetup you answered moved"),
        Kind("meetups.confirmed", "You are going"),
        Kind("meetups.joined", "Someone is coming to a meetup you organise", default=Channel.INBOX),
    ):
        register_kind(kind)


def promoted(meetup: Meetup, rsvp: Rsvp, number: int, at: datetime) -> None:
    """One for each time someone moves up: the number in the queue is never given twice."""
    _tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.promoted",
        title=f"A seat came free: you are going to {meetup.title}, {when(meetup)}",
        excerpt=f"{_place(meetup)}. If you cannot come any more, say so and the next in line gets the seat.",
        dedupe=f"meetups.promoted:{meetup.pk}:{number}",
        at=at,
    )


def confirmed(meetup: Meetup, rsvp: Rsvp, at: datetime) -> None:
    """To the one who is going; once for each date and place the meetup had."""
    guests = f" with {rsvp.guests} guest{'s' if rsvp.guests > 1 else ''}" if rsvp.guests else ""
    _tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.confirmed",
        title=f"You are going{guests}: {meetup.title}, {when(meetup)}",
        excerpt=f"{_place(meetup)}. The page holds the agenda and your calendar entry.",
        dedupe=f"meetups.confirmed:{meetup.pk}:{meetup.sequence}",
        at=at,
    )


def joined(meetup: Meetup, rsvp: Rsvp, at: datetime) -> None:
    """To the organisers, except those who block the one who comes; once for each person."""
    organisers = Membership.objects.live().organising().filter(group=meetup.group_id)
    blocking = Block.objects.filter(blocked=rsvp.member_id).values("member")
    _tell(
        organisers.exclude(member__in=blocking).values_list("member", flat=True),
        meetup,
        kind="meetups.joined",
        title=f"{rsvp.member.shown_name} is coming to {meetup.title}, {when(meetup)}",
        excerpt=f"{meetup.going_count} going",
        dedupe=f"meetups.joined:{rsvp.pk}",
        at=at,
        actor_id=rsvp.member_id,
    )


def cancelled(meetup: Meetup, actor: Member, at: datetime) -> None:
    """To everyone who is going, waits or might come."""
    _tell(
        answered(meetup),
        meetup,
        kind="meetups.cancelled",
        title=f"Cancelled: {meetup.title}, {when(meetup)}",
        excerpt=meetup.cancelled_why,
        dedupe=f"meetups.cancelled:{meetup.pk}:{meetup.sequence}",
        at=at,
        actor_id=actor.pk,
    )


def changed(meetup: Meetup, actor: Member, at: datetime) -> None:
    """To everyone who is going, waits or might come: the time or the place is another."""
    _tell(
        answered(meetup),
        meetup,
        kind="meetups.changed",
        title=f"Moved: {meetup.title} is now {when(meetup)}",
        excerpt=_place(meetup),
        dedupe=f"meetups.changed:{meetup.pk}:{meetup.sequence}",
        at=at,
        actor_id=actor.pk,
    )


def answered(meetup: Meetup) -> list[int]:
    """Those to whom a change matters."""
    return list(meetup.rsvps.exclude(state=State.DECLINED).values_list("member", flat=True))


def _place(meetup: Meetup) -> str:
    return where(meetup.venue, online=bool(meetup.online_url))


def _tell(
    recipients: Iterable[int],
    meetup: Meetup,
    *,
    kind: str,
    title: str,
    excerpt: str,
    dedupe: str,
    at: datetime,
    actor_id: int | None = None,
) -> None:
    message = Message(
        kind=kind,
        title=title,
        url=meetup.get_absolute_url(),
        excerpt=excerpt,
        dedupe=dedupe,
        scope=meetup.group.scope,
        subject=f"meetup:{meetup.pk}",
    )
    notify.tell(recipients, message, at=at, actor_id=actor_id)
