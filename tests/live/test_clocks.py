"""What the layer lost is read once and told to every socket of the process."""

import asyncio

import pytest
from django.db import OperationalError

from live import clocks, registry
from live.clocks import Clocks
from live.registry import Stream

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db]


class Rows:
    """A stream that counts, and how often it was asked."""

    def __init__(self):
        self.head, self.asked, self.too_many, self.down = 9, [], False, False

    def after(self, number, seq):
        self.asked.append((number, seq))
        if self.down:
            raise OperationalError
        return None if self.too_many else [{"type": "was.said", "seq": n} for n in range(seq + 1, self.head + 1)]

    def heads(self, numbers):
        return dict.fromkeys(numbers, self.head)


@pytest.fixture
def rows(monkeypatch):
    rows = Rows()
    entry = Stream("count", lambda *_: True, rows.after, heads=rows.heads)
    monkeypatch.setitem(registry._streams, "count", entry)
    monkeypatch.setattr(clocks, "LATE", 0.01)
    monkeypatch.setattr(clocks, "AGAIN_AFTER", 0.01)
    return rows


class Sockets:
    """What the sockets of a process heard, whose clocks stand at 5."""

    def __init__(self):
        self.heard = []
        self.clocks = Clocks(asyncio.get_running_loop(), lambda name, frame: self.heard.append((name, frame)))
        self.clocks.stand("count:3", 5)

    async def settled(self):
        while any(place.timer for place in self.clocks.places.values()):
            await asyncio.sleep(0.005)
        self.clocks.forget("count:3")


async def test_what_is_only_late_is_not_read(rows):
    sockets = Sockets()
    for seq in (7, 6, 8, 8, 5):
        sockets.clocks.hear("count:3", seq)
    await sockets.settled()
    assert (sockets.heard, rows.asked) == ([], [])


async def test_a_gap_is_read_once_for_all(rows):
    sockets = Sockets()
    for seq in (8, 9):
        sockets.clocks.hear("count:3", seq)
    await sockets.settled()
    frames = [{"type": "was.said", "seq": n} for n in (6, 7, 8, 9)]
    missed = {"type": "missed", "stream": "count:3", "after": 5, "upto": 9, "frames": frames}
    assert (sockets.heard, rows.asked) == ([("count:3", missed)], [(3, 5)])


async def test_a_loss_at_the_very_end_is_found_by_asking(rows):
    sockets = Sockets()
    await sockets.clocks.ask()
    await sockets.settled()
    assert [(frame["after"], frame["upto"]) for _, frame in sockets.heard] == [(5, 9)]


async def test_too_much_sends_the_pages_to_ask_for_themselves(rows):
    sockets, rows.too_many = Sockets(), True
    sockets.clocks.hear("count:3", 400)
    await sockets.settled()
    assert sockets.heard == [("count:3", {"type": "resync", "stream": "count:3"})]


async def test_a_database_that_is_away_is_asked_again(rows):
    sockets, rows.down = Sockets(), True
    sockets.clocks.hear("count:3", 9)
    while len(rows.asked) < 2:
        await asyncio.sleep(0.005)
    rows.down = False
    await sockets.settled()
    assert [frame["upto"] for _, frame in sockets.heard] == [9]


async def test_nobody_listens_nothing_is_asked(rows):
    sockets = Sockets()
    sockets.clocks.hear("count:3", 8)
    sockets.clocks.forget("count:3")
    sockets.clocks.hear("count:3", 9)
    await asyncio.sleep(0.03)
    assert (sockets.heard, rows.asked) == ([], [])


async def test_who_leaves_while_it_is_read_leaves_nothing_running(rows):
    sockets, rows.down = Sockets(), True
    sockets.clocks.hear("count:3", 9)
    place = sockets.clocks.places["count:3"]
    while not sockets.clocks.errands:
        await asyncio.sleep(0)
    sockets.clocks.forget("count:3")
    await asyncio.sleep(0.1)
    assert (place.timer, sockets.clocks.errands) == (None, set())
