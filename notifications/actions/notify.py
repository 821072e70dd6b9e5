"""Telling members: inbox rows now, in the caller's transaction; mail later, from the rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to everyone told at once.

    `subject` groups notices about one thing ("topic:42"); `dedupe` makes telling twice harmless: one row a member.
    """

    kind: str
    title: str
    url: str
    dedupe: str
    excerpt: str = ""
    scope: str = ""
    subject: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def tell(recipients: Iterable[int], message: Message, *, at: datetime, actor_id: int | None = None) -> int:
    """Write one inbox row for each member id, by their preferences; answers how many were new."""
    raise NotImplementedError
