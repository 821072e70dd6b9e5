"""What is held of a member here, for their download."""

from collections.abc import Iterable
from typing import Any

from notifications.models import Notice, OutgoingMail, Preference


def notices(member: Any) -> Iterable[Any]:
    """Their inbox."""
    rows = Notice.objects.visible_to(member).order_by("pk")
    return rows.values("kind", "title", "excerpt", "url", "created_at", "read_at", "mailed_at")


def preferences(member: Any) -> Iterable[Any]:
    """What they chose to be told."""
    return Preference.objects.filter(member=member).order_by("pk").values("kind", "scope", "channel")


def mails(member: Any) -> Iterable[Any]:
    """What was mailed to them."""
    rows = OutgoingMail.objects.filter(member=member).order_by("pk")
    return rows.values("to", "kind", "subject", "text", "state", "due_at", "sent_at")
