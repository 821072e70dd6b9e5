"""Kinds of notice that only these tests know."""

from collections.abc import Iterator

import pytest

from notifications import registry
from notifications.models.preference import Channel
from notifications.registry import Kind


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three kinds: one by mail, one for the inbox, one that must be sent."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    registry.register_kind(Kind("test.happened", "Things that happened"))
    registry.register_kind(Kind("test.quiet", "Quiet things", default=Channel.INBOX))
    registry.register_kind(Kind("test.needed", "Needed things", must_send=True, delay=60))
    yield
