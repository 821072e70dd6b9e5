"""The public log of a group: written, never rewritten."""

from datetime import datetime
from typing import Any

from community.models import Group, LogEntry, Member

LONGEST = 500


def record(
    *,
    group: Group | None,
    actor: Member | None,
    kind: str,
    text: str,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> LogEntry:
    """Append one act, in words fit for everyone.

    Names stay out of `text` (people leave, the log does not): who did it is `actor`, whom it concerns is
    `data["member"]`, an id; the page shows both as they are called today.
    """
    words = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return LogEntry.objects.create(group=group, actor=actor, kind=kind, text=words, data=data or {}, at=at)
