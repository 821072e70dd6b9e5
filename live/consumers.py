"""One tab's socket: reads, writes and closes the connection; `conversation.py` answers what is said on it."""

import asyncio
import logging
from collections.abc import Generator, Mapping
from time import monotonic
from types import coroutine
from typing import Any

from live import hub, identity
from live.conversation import Conversation

log = logging.getLogger(__name__)

QUEUE_LIMIT = 256
SILENT_AFTER = 90.0
CLOSE_WITHIN = 2.0

SILENT, SESSION_ENDED, TOO_SLOW, TOO_MANY = 4000, 4001, 4008, 4029
GONE = 0
"""Nobody is there to be told a code."""


class Socket:
    """One connection. Its server's task reads; what is said is written at once, by a task only while the line is slow.

    There are thousands: an idle one keeps no task of its own and no queue.
    """

    __slots__ = ("_reading", "_writing", "ended", "hall", "heard_at", "queue", "receive", "send", "talk")

    def __init__(self, member: Any, session_key: str | None, receive: Any, send: Any) -> None:
        """Nothing is sent before `run`; `member` is None for visitors."""
        self.receive, self.send = receive, send
        self.hall = hub.hall()
        self.talk = Conversation(member, session_key, self.hall, self)
        self.queue: list[hub.Message] = []
        self.ended: tuple[int, str] | None = None
        self.heard_at = monotonic()
        self._reading: asyncio.Task[Any] | None = None
        self._writing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """From the handshake to the end."""
        if (await self.receive())["type"] != "websocket.connect":
            return
        await self.send({"type": "websocket.accept"})
        self._reading = asyncio.current_task()
        self.hall.guard.watch(self)
        try:
            await self._read()
        except asyncio.CancelledError:
            if self.ended is None or self._reading is None:
                raise
            self._reading.uncancel()
        finally:
            self.hall.guard.forget(self)
            self.talk.end()
            code, reason = self.ended = self.ended or (GONE, "")
        await self._close(code, reason)

    # What the hub calls. None may block.

    def offer(self, message: hub.Message) -> None:
        """Send a finished message; a reader too slow for the queue is dropped, so that nobody waits for it."""
        if self.ended is not None:
            return
        if self._writing is None:
            self._send_now(message)
        elif len(self.queue) < QUEUE_LIMIT:
            self.queue.append(message)
        else:
            self.end(TOO_SLOW, "This page could not keep up; it catches up when it reconnects.")

    def control(self, frame: Mapping[str, Any]) -> None:
        """The session ended, or rights changed; anything else is for the page."""
        if frame["type"] == "session.ended":
            self.end(SESSION_ENDED, str(frame.get("reason", "")))
        elif frame["type"] == "rights.changed":
            self.hall.guard.run(self.recheck())
        else:
            self.say(frame)

    def say(self, frame: Mapping[str, Any]) -> None:
        """Send a frame to this page alone."""
        self.offer({"type": "websocket.send", "text": hub.encode(frame)})

    def end(self, code: int, reason: str) -> None:
        """Close soon, with this code; the first reason counts."""
        if self.ended is None:
            self.ended = (code, reason)
            if self._reading is not None and self._reading is not asyncio.current_task():
                self._reading.cancel()

    async def check(self) -> None:
        """Silence, and rights that changed unheard."""
        if monotonic() - self.heard_at > SILENT_AFTER:
            self.end(SILENT, "Nothing was heard from this page.")
        else:
            await self.recheck()

    async def recheck(self) -> None:
        """Ask again what they may hear."""
        if not await self.talk.recheck():
            self.end(SESSION_ENDED, "You have been signed out.")

    async def _read(self) -> None:
        await self.talk.begin()
        while self.ended is None:
            message = await self.receive()
            if message["type"] == "websocket.disconnect":
                return
            self.heard_at = monotonic()
            self.say(await self.talk.answer(message))
            if self.talk.bucket.is_abused:
                self.end(TOO_MANY, "Far too many frames.")

    def _send_now(self, message: hub.Message) -> None:
        """Take the first step of sending here and now: on a line that is not slow it is the only one.

        A task woken for each frame costs as much as the frame.
        """
        sending = self.send(message).__await__()
        try:
            waits_for = next(sending)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001  (each server has its own way to say that nobody is there)
            self._lost(error)
        else:
            self._writing = asyncio.create_task(self._write(sending, waits_for))

    async def _write(self, sending: Generator[Any, Any, Any], waits_for: Any) -> None:
        try:
            await _go_on(sending, waits_for)
            while self.queue:
                await self.send(self.queue.pop(0))
        except Exception as error:  # noqa: BLE001  (the same)
            self._lost(error)
        finally:
            self._writing = None

    def _lost(self, error: Exception) -> None:
        log.debug("The other side is gone: %r", error)
        self.end(GONE, "")

    async def _close(self, code: int, reason: str) -> None:
        """Say what waits and then the code, unless that takes too long."""
        writing = self._writing
        if writing and code in {GONE, TOO_SLOW}:
            writing.cancel()
        if code == GONE:
            return
        try:
            async with asyncio.timeout(CLOSE_WITHIN):
                if writing:
                    await asyncio.wait({writing})
                await self.send({"type": "websocket.close", "code": code, "reason": reason[:100]})
        except (TimeoutError, OSError, RuntimeError):
            log.debug("The other side was gone before it could be told %s.", code)
        finally:
            if writing:
                writing.cancel()


@coroutine
def _go_on(begun: Generator[Any, Any, Any], waits_for: Any) -> Generator[Any, Any, None]:
    """What was begun without a task goes on in this one."""
    try:
        yield waits_for
        yield from begun
    finally:
        begun.close()


async def socket(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
    """The ASGI application at `/ws/`."""
    key = identity.session_key(scope["headers"])
    member = await hub.hall().sign_ins.ask(key) if key else None
    await Socket(member, key, receive, send).run()
