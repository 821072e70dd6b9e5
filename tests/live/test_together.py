"""What a commit says leaves together, in its order; what was taken back says nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction

from live import bridge, changes, hub, together
from live.publish import publish

Trip = tuple[tuple[str, str], ...]


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[list[Trip]]:
    """What Redis is handed, a trip each."""
    made: list[Trip] = []
    settings.REDIS_URL = "redis://is-not-asked"
    monkeypatch.setattr(bridge, "publish", lambda *frames: made.append(frames) or True)
    yield made
    changes.owed.clear()


def said(text: str) -> tuple[str, str]:
    return ("test:1", hub.encode({"type": text, "stream": "test:1", "seq": None}))


@pytest.mark.django_db(transaction=True)
def test_one_trip_for_all_of_a_commit_and_none_for_what_was_taken_back(trips: list[Trip]) -> None:
    with transaction.atomic():
        publish("test:1", "first.said", {})
        with pytest.raises(RuntimeError), transaction.atomic():
            publish("test:1", "taken.back", {})
            raise RuntimeError
        changes.changed("topic:1", "forum")
        publish("test:1", "last.said", {})
        assert trips == []
    assert trips == [(said("first.said"), (changes.STREAM, "topic:1 forum"), said("last.said"))]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_goes_at_once(trips: list[Trip]) -> None:
    publish("test:1", "first.said", {})
    publish("test:1", "last.said", {})
    assert trips == [(said("first.said"),), (said("last.said"),)]


@pytest.mark.django_db(transaction=True)
def test_what_was_said_leaves_though_a_hook_fails(trips: list[Trip]) -> None:
    def fail() -> None:
        raise RuntimeError("a hook of somebody else")

    with pytest.raises(RuntimeError, match="somebody else"), transaction.atomic():
        publish("test:1", "first.said", {})
        transaction.on_commit(fail)
    assert trips == [(said("first.said"),)]
    publish("test:1", "last.said", {})
    assert trips[1:] == [(said("last.said"),)]


def test_without_redis_each_does_what_it_does_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(bridge, "publish", lambda *frames: False)
    with together.together(), together.together():
        for name in ("first", "last"):
            together.hand_over(together.Frame("test:1", "{}", lambda name=name: done.append(name)))
        assert done == []
    assert done == ["first", "last"]


def test_a_connection_is_taken_in_hand_once(db: None) -> None:
    connection = connections["default"]
    hand = connection.run_and_clear_commit_hooks
    together.at_each_commit(connection)
    assert connection.run_and_clear_commit_hooks is hand
