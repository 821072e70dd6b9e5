"""A stream of its own for the socket's tests: "test:1" is open to all, "test:2" to members, "test:3" to nobody."""

from typing import Any

import pytest

from live import registry
from live.registry import Refused, Stream


def shout(member: Any, number: int, frame: Any) -> dict[str, Any]:
    if frame.get("words") == "explode":
        raise ZeroDivisionError
    if frame.get("words") == "no":
        raise Refused("not-allowed", "Not here.", retry_after=3)
    return {"words": str(frame.get("words")).upper(), "by": member.pk, "number": number}


@pytest.fixture
def rights(monkeypatch: pytest.MonkeyPatch) -> dict[int, bool]:
    """Who may join which number; change it to change rights."""
    allowed = {1: True, 2: True, 3: False}

    def may_join(member: Any, number: int) -> bool:
        return allowed.get(number, False) and (member is not None or number == 1)

    def after(number: int, seq: int) -> list[dict[str, Any]] | None:
        return None if seq > 9 else [{"type": "was.said", "seq": n} for n in range(seq + 1, 10)]

    monkeypatch.setitem(registry._streams, "test", Stream("test", may_join, after, {"shout": shout}))
    return allowed
