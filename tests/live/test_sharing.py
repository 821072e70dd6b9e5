"""One reading for all who asked before it began; one question about many."""

import asyncio

import pytest

from live import sharing
from live.sharing import Shared, Together

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


class Crowd:
    """Answers many at once, when told to."""

    def __init__(self):
        self.asked, self.may_end = [], asyncio.Event()

    async def answer(self, questions):
        self.asked.append(sorted(questions))
        await self.may_end.wait()
        if "breaks" in questions:
            raise ValueError
        odd = {"nobody": None, "befallen": KeyError("befallen")}
        return {each: odd.get(each, each.upper()) for each in questions}


async def test_what_is_asked_while_others_are_answered_is_answered_together_next():
    crowd = Crowd()
    together = Together(crowd.answer)
    first = [asyncio.create_task(together.ask(each)) for each in ("a", "b", "a")]
    await settle()
    later = [asyncio.create_task(together.ask(each)) for each in ("a", "c", "nobody")]
    await settle()
    assert crowd.asked == [["a", "b"]]
    crowd.may_end.set()
    assert [await each for each in first] == ["A", "B", "A"]
    assert [await each for each in later] == ["A", "C", None]
    assert await together.ask("a") == "A"
    assert crowd.asked == [["a", "b"], ["a", "c", "nobody"], ["a"]]


async def test_what_breaks_reaches_those_who_asked_and_nobody_else():
    crowd = Crowd()
    together = Together(crowd.answer)
    broken = [asyncio.create_task(together.ask(each)) for each in ("a", "breaks", "goes")]
    await settle()
    fine, gone = asyncio.create_task(together.ask("b")), broken.pop()
    gone.cancel()
    await settle()
    crowd.may_end.set()
    for each in broken:
        with pytest.raises(ValueError):
            await each
    assert await fine == "B"


async def test_what_befalls_one_is_not_the_others():
    crowd = Crowd()
    crowd.may_end.set()
    together = Together(crowd.answer)
    found = await asyncio.gather(*(together.ask(each) for each in ("a", "befallen", "b")), return_exceptions=True)
    assert (found[0], type(found[1]), found[2]) == ("A", KeyError, "B")


async def test_a_great_crowd_is_asked_about_in_parts(monkeypatch):
    monkeypatch.setattr(sharing, "MOST", 2)
    crowd = Crowd()
    crowd.may_end.set()
    together = Together(crowd.answer)
    answers = await asyncio.gather(*(together.ask(each) for each in "abcde"))
    assert (answers, crowd.asked) == (list("ABCDE"), [["a", "b"], ["c", "d"], ["e"]])
