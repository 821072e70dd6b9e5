"""Five hundred pages come back at once and ask the same: what can be answered for many is asked once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")

MOST = 500
"""So many questions go into one query."""


class Shared:
    """Answers by what was asked. Whoever asks while it is read waits for the next reading: theirs must be newer."""

    def __init__(self) -> None:
        """Nothing has been asked yet."""
        self._reading: dict[Hashable, asyncio.Task[Any]] = {}
        self._next: dict[Hashable, asyncio.Task[Any]] = {}

    async def ask(self, key: Hashable, read: Callable[[], Awaitable[Any]]) -> Any:
        """What `read` answers, begun after this call; what it raises reaches all who share it."""
        if key not in self._next:
            self._next[key] = asyncio.create_task(self._read(key, self._reading.get(key), read))
        return await asyncio.shield(self._next[key])

    async def _read(self, key: Hashable, before: asyncio.Task[Any] | None, read: Callable[[], Awaitable[Any]]) -> Any:
        if before is not None:
            await asyncio.wait({before})
        self._reading[key] = self._next.pop(key)
        try:
            return await read()
        finally:
            del self._reading[key]


class Together(Generic[Asked, Answer]):
    """Questions of one kind: whatever is asked while others are being answered is answered together, next.

    So one who asks alone waits for nobody, and of a crowd only the first few do not share.
    """

    def __init__(self, answer: Callable[[Collection[Asked]], Awaitable[Mapping[Asked, Answer | Exception]]]) -> None:
        """`answer` takes many, leaves out those for whom there is none, and gives an error to those it befell."""
        self._answer = answer
        self._waiting: dict[Asked, asyncio.Future[Answer | None]] = {}
        self._answering: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer | None:
        """The answer, looked for after this call; what that raises reaches all who asked with it."""
        if asked not in self._waiting:
            self._waiting[asked] = asyncio.get_running_loop().create_future()
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer_all())
        return await asyncio.shield(self._waiting[asked])

    async def _answer_all(self) -> None:
        while self._waiting:
            asked = {each: self._waiting.pop(each) for each in list(self._waiting)[:MOST]}
            try:
                found = await self._answer(asked.keys())
            except BaseException as error:
                _settle(asked.values(), error)
                if not isinstance(error, Exception):
                    raise
            else:
                for each, future in asked.items():
                    answer = found.get(each)
                    if isinstance(answer, Exception):
                        _settle([future], answer)
                    else:
                        future.set_result(answer)


def _settle(futures: Iterable["asyncio.Future[Any]"], error: BaseException) -> None:
    for future in futures:
        if isinstance(error, Exception):
            future.set_exception(error)
            future.exception()  # whoever asked may have gone: that is no error unheard
        else:
            future.cancel()
