"""The safety net below the control frames: one task a loop looks after all its sockets."""

import asyncio
import random
from collections.abc import Coroutine
from time import monotonic
from typing import Any, Protocol

CHECK_EVERY = 60.0
LOOK_EVERY = 5.0
"""So often it is seen whose turn it is; those whose turn it is are asked about together."""


class Guarded(Protocol):
    """A socket, as its guard sees it."""

    async def check(self) -> None:
        """Is it still heard from, and may it still hear what it hears?"""


class Guard:
    """Whom it watches, and when each is looked at next."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Rests until there is somebody to watch."""
        self.loop = loop
        self.watched: dict[Guarded, float] = {}
        self.errands: set[asyncio.Task[Any]] = set()
        self._rounds: asyncio.Task[None] | None = None

    def watch(self, socket: Guarded) -> None:
        """Look at it every minute from now on."""
        self.watched[socket] = _next_turn()
        if self._rounds is None or self._rounds.done():
            self._rounds = self.loop.create_task(self._go_round())

    def forget(self, socket: Guarded) -> None:
        """It has ended."""
        self.watched.pop(socket, None)

    def run(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do it beside everything else."""
        task = self.loop.create_task(errand)
        self.errands.add(task)
        task.add_done_callback(self.errands.discard)

    async def _go_round(self) -> None:
        while self.watched:
            await asyncio.sleep(LOOK_EVERY)
            now = monotonic()
            for socket in [each for each, at in self.watched.items() if at <= now]:
                self.watched[socket] = _next_turn()
                self.run(socket.check())


def _next_turn() -> float:
    return monotonic() + CHECK_EVERY * random.uniform(0.8, 1.2)  # noqa: S311  (spread the checks)
