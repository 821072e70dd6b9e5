"""Where this process stands in the streams that count: what the layer lost is read from the database, once for all.

Pub/sub is at most once. A frame that is ahead of its turn shows a gap; a gap at the very end shows only when somebody
asks, so the heads of all streams that count are asked for now and then, in one query a kind.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError

from live.registry import number_of, stream
from live.threads import in_thread

log = logging.getLogger(__name__)

LATE = 0.2
"""So many seconds a frame may be overtaken before it counts as lost."""
ASK_EVERY = 20.0
AGAIN_AFTER = 5.0

Tell = Callable[[str, Mapping[str, Any]], None]


@dataclass(slots=True)
class Place:
    """Everything up to `seq` went out to the sockets; `early` are the numbers ahead of a gap."""

    seq: int
    early: set[int] = field(default_factory=set)
    timer: asyncio.TimerHandle | None = None

    def hear(self, seq: int) -> None:
        """Move on, as far as there is no gap."""
        if seq > self.seq:
            self.early.add(seq)
        self.early = {each for each in self.early if each > self.seq}
        while self.seq + 1 in self.early:
            self.seq += 1
            self.early.discard(self.seq)


class Clocks:
    """The places of one event loop, by stream; `tell(stream, frame)` reaches its sockets."""

    def __init__(self, loop: asyncio.AbstractEventLoop, tell: Tell) -> None:
        """Nothing is asked until somebody stands somewhere."""
        self.loop, self.tell = loop, tell
        self.places: dict[str, Place] = {}
        self.errands: set[asyncio.Task[None]] = set()
        self._asking: asyncio.Task[None] | None = None

    def stand(self, name: str, seq: int) -> None:
        """The first socket of a stream was told everything up to `seq`; where others listen already it is not news."""
        if name not in self.places:
            self.places[name] = Place(seq)
            if self._asking is None or self._asking.done():
                self._asking = self.loop.create_task(self._ask_now_and_then())

    def forget(self, name: str) -> None:
        """Nobody here listens to it any more."""
        place = self.places.pop(name, None)
        if place and place.timer:
            place.timer.cancel()

    def hear(self, name: str, seq: int) -> None:
        """A frame of this number went out, or is known to exist."""
        if place := self.places.get(name):
            place.hear(seq)
            self._mind(name, place, LATE)

    async def ask(self) -> None:
        """Ask the database where the streams stand: the last frame of a quiet stream may be lost too."""
        by_kind: dict[str, list[int]] = {}
        for name in self.places:
            by_kind.setdefault(name.partition(":")[0], []).append(number_of(name))
        for kind, numbers in by_kind.items():
            entry = stream(kind)
            if entry and entry.heads:
                for number, head in (await in_thread(entry.heads, numbers)).items():
                    self.hear(f"{kind}:{number}", head)

    async def _ask_now_and_then(self) -> None:
        while self.places:
            await asyncio.sleep(ASK_EVERY)
            try:
                await self.ask()
            except DatabaseError as error:
                log.warning("The database did not say where the streams stand: %s", error)

    def _mind(self, name: str, place: Place, wait: float) -> None:
        """Read what is missing, if it is still missing after a moment."""
        if place.early and place.timer is None:
            place.timer = self.loop.call_later(wait, self._start, name, place)

    def _start(self, name: str, place: Place) -> None:
        task = self.loop.create_task(self._close(name, place))
        self.errands.add(task)
        task.add_done_callback(self.errands.discard)

    async def _close(self, name: str, place: Place) -> None:
        wait = LATE
        try:
            if place.early and self.places.get(name) is place:
                await self._read(name, place)
        except DatabaseError as error:
            log.warning("The database did not say what %s lost: %s", name, error)
            wait = AGAIN_AFTER
        finally:
            place.timer = None
        if self.places.get(name) is place:
            self._mind(name, place, wait)

    async def _read(self, name: str, place: Place) -> None:
        after, ahead = place.seq, max(place.early)
        entry = stream(name.partition(":")[0])
        frames = await in_thread(entry.after, number_of(name), after) if entry and entry.after else None
        if frames is None:
            self.tell(name, {"type": "resync", "stream": name})
            place.seq = max(place.seq, ahead)
        else:
            newest = max([ahead, *(each["seq"] for each in frames)])
            self.tell(name, {"type": "missed", "stream": name, "after": after, "upto": newest, "frames": frames})
            place.seq = max(place.seq, newest)
        place.hear(place.seq)
