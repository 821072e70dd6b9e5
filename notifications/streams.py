"""The inbox as a live stream: a member listens to their own and to nobody else's."""

from collections.abc import Collection, Mapping
from typing import Any

from live.registry import Stream
from notifications.queries import inbox


def may_join(member: Any, number: int) -> bool:
    """One's own inbox."""
    return bool(member) and member.pk == number


def who_may_join(members: Collection[Any], number: int) -> set[int]:
    """The keys of those that may; no query."""
    return {member.pk for member in members if may_join(member, number)}


def count(member: Any, number: int, frame: Mapping[str, Any]) -> dict[str, Any]:
    """`{}` → how many notices wait: the truth, for a page whose hints may have been lost."""
    return {"unread": inbox.unread(member) if may_join(member, number) else 0}


INBOX = Stream(kind="inbox", may_join=may_join, frames={"count": count}, who_may_join=who_may_join)
