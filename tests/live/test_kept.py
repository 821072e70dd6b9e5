"""What a process keeps until it has changed."""

from typing import Any

import pytest

from live import changes, kept
from live.kept import Kept


class Made:
    """Another number each time."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def keeping(settings: Any) -> None:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""


@pytest.mark.usefixtures("keeping")
def test_a_value_is_made_once_until_one_of_its_parts_has_changed():
    store, make = Kept[int](), Made()
    said = [store.get("a", ("topic:1", "site"), make) for _ in range(2)]
    changes.here.note(["topic:2"])
    said.append(store.get("a", ("topic:1", "site"), make))
    changes.here.note(["topic:1"])
    said.append(store.get("a", ("topic:1", "site"), make))
    assert said == [1, 1, 1, 2]


@pytest.mark.usefixtures("keeping")
def test_what_changed_while_it_was_made_counts():
    store, made = Kept[int](), Made()

    def make() -> int:
        changes.here.note(["topic:1"])
        return made()

    assert [store.get("a", ("topic:1",), make) for _ in range(2)] == [1, 2]


@pytest.mark.usefixtures("keeping")
def test_nothing_lives_longer_than_it_may():
    store, make = Kept[int](keep_for=0.0), Made()
    assert [store.get("a", (), make) for _ in range(2)] == [1, 2]


@pytest.mark.usefixtures("keeping")
def test_beyond_its_most_it_begins_anew():
    store, make = Kept[int](most=2), Made()
    assert [store.get(key, (), make) for key in ("a", "b", "c", "c", "a")] == [1, 2, 3, 3, 4]


@pytest.mark.parametrize("deaf", [{"KEEP_PAGES": False}, {"REDIS_URL": "redis://127.0.0.1:1/0"}])
def test_nothing_is_kept_where_it_is_off_or_other_processes_are_not_heard(
    settings: Any, monkeypatch: pytest.MonkeyPatch, deaf: dict[str, Any]
):
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    for name, value in deaf.items():
        setattr(settings, name, value)
    monkeypatch.setattr(kept, "hears_all", lambda: not settings.REDIS_URL)
    store, make = Kept[int](), Made()
    assert [store.get("a", (), make) for _ in range(2)] == [1, 2]
