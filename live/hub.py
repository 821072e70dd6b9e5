"""Fans one frame out to every socket of this process that listens, and to the other processes through Redis."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Mapping
from functools import partial
from threading import Lock
from typing import Any, Protocol

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from live import bridge, identity
from live.clocks import Clocks
from live.guard import Guard
from live.registry import counts
from live.rights import may_join
from live.sharing import Shared, Together
from live.threads import in_thread
from live.together import Frame, hand_over

log = logging.getLogger(__name__)

BREATH = 200
"""After so many sockets the loop gets to do other work."""

Message = dict[str, Any]


class Ear(Protocol):
    """A socket, as the hub sees it. No call may block."""

    def offer(self, message: Message) -> None:
        """Take a finished ASGI message, the same object for everyone."""

    def control(self, frame: Mapping[str, Any]) -> None:
        """Take what is said to the socket itself and not to its page."""

    def say(self, frame: Mapping[str, Any]) -> None:
        """Take a frame for this page alone."""


class Written(str):
    """A value of a frame that is JSON already, written once for many."""

    __slots__ = ()


def encode(frame: Mapping[str, Any]) -> str:
    """The one JSON form frames have on the wire."""
    written = [f'"{name}":{value}' for name, value in frame.items() if isinstance(value, Written)]
    if not written:
        return write(frame)
    rest = write({name: value for name, value in frame.items() if not isinstance(value, Written)})
    return "{" + ",".join([part for part in (rest[1:-1], *written) if part]) + "}"


def write(value: Any) -> Written:
    """What stands for a value on the wire."""
    return Written(json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"), ensure_ascii=False))


class Hall:
    """The sockets of one event loop, by stream; frames go out in the order they came in."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Empty until somebody enters."""
        self.loop = loop
        self.rooms: dict[str, set[Ear]] = {}
        self._waiting: deque[tuple[str, str]] = deque()
        self._fanning: asyncio.Task[None] | None = None
        self.clocks = Clocks(loop, self._tell)
        self.guard = Guard(loop)
        self.shared = Shared()
        self.sign_ins: Together[str, Any] = Together(partial(in_thread, identity.members_of))
        self.rights: Together[tuple[str, Any], bool] = Together(partial(in_thread, may_join))
        self._bridge = bridge.Bridge(settings.REDIS_URL, self.hear, self.resync) if settings.REDIS_URL else None

    async def enter(self, stream: str, ear: Ear) -> None:
        """From here on `ear` gets all that is said; returns when that is certain (also between processes)."""
        self.rooms.setdefault(stream, set()).add(ear)
        if self._bridge:
            await self._bridge.want(stream)

    def leave(self, stream: str, ear: Ear) -> None:
        """`ear` hears no more of it; a stream nobody listens to is forgotten."""
        ears = self.rooms.get(stream, set())
        ears.discard(ear)
        if not ears and self.rooms.pop(stream, None) is not None:
            self.clocks.forget(stream)
            if self._bridge:
                self._bridge.drop(stream)

    def hear(self, stream: str, text: str) -> None:
        """Take a frame for this loop's sockets; called in the loop."""
        if stream not in self.rooms:
            return
        self._queue(stream, text)
        if counts(stream) and isinstance(seq := json.loads(text).get("seq"), int):
            self.clocks.hear(stream, seq)

    def resync(self) -> None:
        """Something may have been missed: every socket tells its page to ask for what came after."""
        message = {"type": "websocket.send", "text": encode({"type": "resync"})}
        for ear in {ear for ears in self.rooms.values() for ear in ears}:
            ear.offer(message)

    def _tell(self, stream: str, frame: Mapping[str, Any]) -> None:
        """Say something to this loop's sockets alone."""
        self._queue(stream, encode(frame))

    def _queue(self, stream: str, text: str) -> None:
        self._waiting.append((stream, text))
        if self._fanning is None or self._fanning.done():
            self._fanning = self.loop.create_task(self._fan_out())

    async def _fan_out(self) -> None:
        while self._waiting:
            stream, text = self._waiting.popleft()
            ears = tuple(self.rooms.get(stream, ()))
            if stream.startswith("member:"):
                frame = json.loads(text)
                for ear in ears:
                    ear.control(frame)
                continue
            message = {"type": "websocket.send", "text": text}
            for count, ear in enumerate(ears, start=1):
                ear.offer(message)
                if count % BREATH == 0:
                    await asyncio.sleep(0)


_halls: dict[asyncio.AbstractEventLoop, Hall] = {}
_lock = Lock()


def hall() -> Hall:
    """The hall of the running event loop."""
    loop = asyncio.get_running_loop()
    with _lock:
        for gone in [each for each in _halls if each.is_closed()]:
            del _halls[gone]
        if loop not in _halls:
            _halls[loop] = Hall(loop)
        return _halls[loop]


def send(stream: str, frame: Mapping[str, Any]) -> None:
    """Hand a frame over; called after the commit, from any thread. Without Redis it stays in this process."""
    text = encode(frame)
    hand_over(Frame(stream, text, partial(_send_here, stream, text)))


def _send_here(stream: str, text: str) -> None:
    with _lock:
        halls = list(_halls.values())
    for each in halls:
        try:
            each.loop.call_soon_threadsafe(each.hear, stream, text)
        except RuntimeError:
            log.debug("A loop closed while %s was on its way.", stream)
