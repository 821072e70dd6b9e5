"""The inbox as a live stream: a member listens to their own and to nobody else's."""

from collections.abc import Mapping
from typing import Any

from live.registry import Stream
from notifications.queries import inbox


def may_join(member: Any, number: int) -> bool:
    """One's own inbox."""
    return bool(member) and member.pk == number


def count(member: Any, number: int, frame: Mapping[str, Any]) -> dict[str, Any]:
    """`{}` → how many notices wait: the truth, for a page whose hints may have been lost."""
    return {"unread": inbox.unread(member) if may_join(member, number) else 0}


INBOX = Stream(kind="inbox", may_join=may_join, frames={"count": count})
