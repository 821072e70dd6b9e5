"""One reading for all who asked before it began."""

import asyncio

import pytest

from live.sharing import Shared

pytestmark = pytest.mark.asyncio


class Slow:
    """Reads when told to; answers how many readings had begun."""

    def __init__(self):
        self.begun, self.may_end = 0, asyncio.Event()

    async def read(self):
        self.begun += 1
        mine = self.begun
        await self.may_end.wait()
        if mine == 3:
            raise ValueError
        return mine


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_those_who_ask_together_share_and_those_who_come_later_get_a_newer_answer():
    shared, slow = Shared(), Slow()
    first = [asyncio.create_task(shared.ask("room:1", slow.read)) for _ in range(50)]
    await settle()
    later = [asyncio.create_task(shared.ask("room:1", slow.read)) for _ in range(50)]
    await settle()
    assert slow.begun == 1
    slow.may_end.set()
    assert [await each for each in first] == [1] * 50
    assert [await each for each in later] == [2] * 50
    with pytest.raises(ValueError):
        await shared.ask("room:1", slow.read)
    assert await shared.ask("room:1", slow.read) == 4
    assert (shared._reading, shared._next) == ({}, {})


async def test_one_who_goes_takes_the_answer_from_nobody():
    shared, slow = Shared(), Slow()
    goes, stays = (asyncio.create_task(shared.ask("room:1", slow.read)) for _ in range(2))
    await settle()
    goes.cancel()
    await settle()
    slow.may_end.set()
    assert await stays == 1


async def test_other_questions_are_read_for_themselves():
    shared, slow = Shared(), Slow()
    slow.may_end.set()
    answers = await asyncio.gather(*(shared.ask(("room:1", after), slow.read) for after in (1, 2)))
    assert answers == [1, 2]
