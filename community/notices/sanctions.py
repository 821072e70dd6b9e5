"""The member concerned hears what they may not do, and when it ends."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from community.models import Sanction
from notifications.actions.notify import Message, tell

WORDS = {
    Sanction.Kind.WARN: "A warning",
    Sanction.Kind.SILENCE: "You can read, not write",
    Sanction.Kind.SUSPEND: "You cannot take part",
}


def imposed(sanction: Sanction, at: datetime) -> None:
    """What, where, until when, and why."""
    message = Message(
        kind="community.sanctioned",
        title=f"{WORDS[Sanction.Kind(sanction.kind)]} {where(sanction)}{until(sanction)}",
        excerpt=sanction.reason,
        url=_page(sanction),
        dedupe=f"sanction:{sanction.pk}:imposed",
        subject=f"sanction:{sanction.pk}",
    )
    tell([sanction.member_id], message, at=at)


def lifted(sanction: Sanction, at: datetime) -> None:
    """It is over before its time."""
    message = Message(
        kind="community.sanctioned",
        title=f"You can take part {where(sanction)} again",
        url=_page(sanction),
        dedupe=f"sanction:{sanction.pk}:lifted",
        subject=f"sanction:{sanction.pk}",
    )
    tell([sanction.member_id], message, at=at)


def _page(sanction: Sanction) -> str:
    """The group's log says it too, without names."""
    return reverse("community:log", args=[sanction.group.slug]) if sanction.group else "/"


def where(sanction: Sanction) -> str:
    """In words for people."""
    return f"in {sanction.group.name}" if sanction.group else "on this site"


def until(sanction: Sanction) -> str:
    """In the member's own time zone; nothing for a warning."""
    if sanction.kind == Sanction.Kind.WARN:
        return ""
    if sanction.ends_at is None:
        return " until further notice"
    local = sanction.ends_at.astimezone(ZoneInfo(sanction.member.time_zone))
    return f" until {local:%A %-d %B, %H:%M}"
