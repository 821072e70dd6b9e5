"""The only way to say something to open pages."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from live import hub


def publish(stream: str, event: str, payload: Mapping[str, Any], *, seq: int | None = None) -> None:
    """Tell everyone subscribed to `stream` (such as "room:7") after the commit; a hint, never the truth.

    `event` is dotted and past ("post.added"); `seq`, where a stream has a clock, lets a client see a gap and ask for
    what it missed. Outside a transaction it goes at once. It may be lost (a crash, Redis away): the rows are the truth.
    """
    frame = {"type": event, "stream": stream, "seq": seq, **payload}
    transaction.on_commit(lambda: hub.send(stream, frame), robust=True)


def close_sockets(member_id: int, reason: str) -> None:
    """End every socket of a member after the commit: signed out, suspended, departed."""
    transaction.on_commit(
        lambda: hub.send(f"member:{member_id}", {"type": "session.ended", "reason": reason}), robust=True
    )


def recheck(member_id: int) -> None:
    """Ask again, after the commit, what this member's open pages may still listen to: left a group, lost a seat."""
    transaction.on_commit(lambda: hub.send(f"member:{member_id}", {"type": "rights.changed"}), robust=True)
