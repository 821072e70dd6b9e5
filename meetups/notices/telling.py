"""What notices about evenings share: who hears, the words for when and where, and the one way to tell."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from community.models import Block, Member, Membership
from meetups.models import Meetup, Rsvp
from meetups.text import where
from notifications.actions import notify
from notifications.actions.notify import Message


def organisers(group_id: int, *, about: Member) -> "QuerySet[Membership, int]":
    """Those who organise a group and want to hear of this member; asked inside another query."""
    blocking = Block.objects.filter(blocked=about.pk).values("member")
    rows = Membership.objects.live().organising().filter(group=group_id)
    return rows.exclude(member__in=blocking).values_list("member", flat=True)


def concerned(meetup: Meetup, only: Iterable[int] | None = None) -> list[int]:
    """Those to whom a change matters: who answered anything but no, and who was invited and has not answered.

    `only` these of them.
    """
    declined = meetup.rsvps.filter(state=Rsvp.State.DECLINED).values("member")
    answers = meetup.rsvps.exclude(state=Rsvp.State.DECLINED).values_list("member", flat=True)
    unanswered = meetup.invitations.exclude(member__in=declined).values_list("member", flat=True)
    people = list(answers.union(unanswered))
    return people if only is None else sorted(set(people) & set(only))


def holders(meetup: Meetup) -> set[int]:
    """Those who have it in their calendar by mail."""
    return set(meetup.invitations.values_list("member", flat=True))


def place(meetup: Meetup) -> str:
    """Where it is, in words."""
    return where(meetup.venue, online=bool(meetup.online_url))


def dates(count: int) -> str:
    """So many evenings."""
    return f"{count} date{'s' if count != 1 else ''}"


def with_guests(count: int) -> str:
    """Who comes along: " with 2 guests", "" for nobody."""
    return f" with {count} guest{'s' if count > 1 else ''}" if count else ""


def tell(
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
    folds: tuple[str, ...] = (),
    delay: int | None = None,
    url: str = "",
) -> int:
    """One notice about an evening for each of these members; how many were new."""
    message = Message(
        kind=kind,
        title=title,
        url=url or meetup.get_absolute_url(),
        excerpt=excerpt,
        dedupe=dedupe,
        scope=meetup.group.scope,
        subject=f"meetup:{meetup.pk}",
        data=data or {},
        folds=folds,
        delay=delay,
    )
    return notify.tell(recipients, message, at=at, actor_id=actor_id)
