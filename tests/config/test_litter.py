"""What stays is not looked through again and again."""

import gc
import importlib
from collections.abc import Iterator

import pytest

from config import litter


@pytest.fixture
def as_before() -> Iterator[None]:
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)
    gc.freeze()


@pytest.mark.usefixtures("as_before")
def test_what_is_there_is_left_alone_from_then_on() -> None:
    gc.unfreeze()
    litter.settle()
    assert gc.get_freeze_count() > 100_000
    assert gc.get_threshold()[0] == litter.YOUNG


@pytest.mark.usefixtures("as_before")
def test_litter_of_later_is_still_taken_out() -> None:
    litter.settle()
    round_about: list[object] = []
    round_about.append(round_about)
    del round_about
    assert gc.collect() > 0


@pytest.mark.parametrize("door", ["config.wsgi", "config.asgi"])
def test_a_server_says_what_stays_when_it_begins(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, said = importlib.import_module(door), []
    monkeypatch.setattr(litter, "settle", lambda: said.append(door))
    importlib.reload(module)
    assert said == [door]
