"""One guard for all sockets of a loop."""

import asyncio

import pytest

from live import guard
from live.guard import Guard

pytestmark = pytest.mark.asyncio


class Socket:
    def __init__(self, breaks=False):
        self.looked_at, self.breaks = 0, breaks

    async def check(self):
        self.looked_at += 1
        if self.breaks:
            raise ZeroDivisionError


async def test_each_is_looked_at_again_and_again_until_it_is_forgotten(monkeypatch):
    monkeypatch.setattr(guard, "LOOK_EVERY", 0.005)
    monkeypatch.setattr(guard, "CHECK_EVERY", 0.02)
    watch, stays, goes = Guard(asyncio.get_running_loop()), [Socket() for _ in range(20)], Socket()
    for each in [*stays, goes]:
        watch.watch(each)
    watch.forget(goes)
    while not all(each.looked_at >= 2 for each in stays):
        await asyncio.sleep(0.005)
    assert goes.looked_at == 0
    for each in stays:
        watch.forget(each)
    rounds = watch._rounds
    await asyncio.wait_for(rounds, 1)
    watch.watch(goes)
    assert watch._rounds is not rounds
    watch.forget(goes)
    await asyncio.wait_for(watch._rounds, 1)


async def test_between_two_turns_nobody_is_asked_about(monkeypatch):
    monkeypatch.setattr(guard, "LOOK_EVERY", 0.002)
    watch, socket = Guard(asyncio.get_running_loop()), Socket()
    watch.watch(socket)
    await asyncio.sleep(0.05)
    watch.forget(socket)
    await asyncio.wait_for(watch._rounds, 1)
    assert socket.looked_at == 0
