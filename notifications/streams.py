"""The inbox as a live stream: a member listens to their own and to nobody else's."""

from typing import Any

from live.registry import Stream


def may_join(member: Any, number: int) -> bool:
    """One's own inbox."""
    return bool(member) and member.pk == number


INBOX = Stream(kind="inbox", may_join=may_join)
