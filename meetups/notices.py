"""Who hears of an evening, and how."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from community.models import Block, Member, Membership
from meetups import tokens
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
        Kind("meetups.offered", "A seat is held for you", mail_template="meetups/email/offer", must_send=True),
        Kind("meetups.lapsed", "A seat held for you went on"),
        Kind("meetups.opened", "Free seats in the last hours before a meetup you wait for"),
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


def offered(meetup: Meetup, rsvp: Rsvp, number: int, until: datetime, at: datetime) -> None:
    """One for each time a seat is held for someone, with a link that answers without signing in."""
    many = "A seat is" if not rsvp.guests else f"{1 + rsvp.guests} seats are"
    end = f"{until.astimezone(ZoneInfo(meetup.time_zone)):%A %-d %B, %H:%M}"
    _tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.offered",
        title=f"{many} held for you until {end}: {meetup.title}, {when(meetup)}",
        excerpt=f"{_place(meetup)}. Say yes by then, or it goes to the next in line.",
        dedupe=f"meetups.offered:{meetup.pk}:{number}",
        at=at,
        data={"answer": reverse("meetups:offer", args=[meetup.pk, meetup.slug or "-", tokens.offer(rsvp)])},
    )


def lapsed(meetup: Meetup, rsvp: Rsvp, number: int, at: datetime) -> None:
    """Once for each offer that ran out."""
    _tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.lapsed",
        title=f"The seat held for you went on: {meetup.title}, {when(meetup)}",
        excerpt="We did not hear from you in time. If you still want to come, say so again.",
        dedupe=f"meetups.lapsed:{meetup.pk}:{number}",
        at=at,
    )


def opened(meetup: Meetup, rsvp: Rsvp, at: datetime) -> int:
    """To someone who waits, once: free seats are first come now. How many were told."""
    return _tell(
        [rsvp.member_id],
        meetup,
        kind="meetups.opened",
        title=f"There is room now, first come: {meetup.title}, {when(meetup)}",
        excerpt=f"{_place(meetup)}. Whoever presses first has the seat.",
        dedupe=f"meetups.opened:{meetup.pk}:{rsvp.queue_number}",
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
    data: dict[str, Any] | None = None,
) -> int:
    message = Message(
        kind=kind,
        title=title,
        url=meetup.get_absolute_url(),
        excerpt=excerpt,
        dedupe=dedupe,
        scope=meetup.group.scope,
        subject=f"meetup:{meetup.pk}",
        data=data or {},
    )
    return notify.tell(recipients, message, at=at, actor_id=actor_id)
