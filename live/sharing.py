"""Five hundred pages come back at once and ask the same: it is read once for all who asked before the reading began."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any


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
