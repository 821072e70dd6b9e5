"""One tab's socket: reads, writes and guards the connection; `conversation.py` answers what is said on it."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Mapping
from time import monotonic
from typing import Any

from live import hub
from live.conversation import Conversation

log = logging.getLogger(__name__)

QUEUE_LIMIT = 256
SILENT_AFTER = 90.0
CHECK_EVERY = 60.0
CLOSE_WITHIN = 2.0

SILENT, SESSION_ENDED, TOO_SLOW, TOO_MANY = 4000, 4001, 4008, 4029


class Socket:
    """One connection: three tasks, and the first to end ends all."""

    def __init__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        """Nothing is sent before `run`."""
        self.receive, self.send = receive, send
        user = scope["user"]
        self.talk = Conversation(
            user if user.is_authenticated else None, scope["session"].session_key, hub.hall(), self
        )
        self.queue: deque[hub.Message] = deque()
        self.wake = asyncio.Event()
        self.ended: asyncio.Future[tuple[int, str]] = asyncio.get_running_loop().create_future()
        self.heard_at = monotonic()
        self.errands: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """From the handshake to the end."""
        if (await self.receive())["type"] != "websocket.connect":
            return
        await self.send({"type": "websocket.accept"})
        writing = asyncio.create_task(self._write())
        tasks = {writing, asyncio.create_task(self._read()), asyncio.create_task(self._guard())}
        try:
            watched: set[asyncio.Future[Any]] = {*tasks, self.ended}
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            await self._close(writing)
        finally:
            self.talk.end()
            for task in (*tasks, *self.errands):
                task.cancel()
            await asyncio.gather(*tasks, *self.errands, return_exceptions=True)

    # What the hub calls. Neither may block.

    def offer(self, message: hub.Message) -> None:
        """Queue a finished message; a reader too slow for the queue is dropped, so that nobody waits for it."""
        if len(self.queue) >= QUEUE_LIMIT:
            self.end(TOO_SLOW, "This page could not keep up; it catches up when it reconnects.")
            return
        self.queue.append(message)
        self.wake.set()

    def control(self, frame: Mapping[str, Any]) -> None:
        """The session ended, or rights changed; anything else is for the page."""
        if frame["type"] == "session.ended":
            self.end(SESSION_ENDED, str(frame.get("reason", "")))
        elif frame["type"] == "rights.changed":
            task = asyncio.create_task(self._recheck())
            self.errands.add(task)
            task.add_done_callback(self.errands.discard)
        else:
            self.say(frame)

    def say(self, frame: Mapping[str, Any]) -> None:
        """Queue a frame for this page alone."""
        self.offer({"type": "websocket.send", "text": hub.encode(frame)})

    def end(self, code: int, reason: str) -> None:
        """Close soon, with this code; the first reason counts."""
        if not self.ended.done():
            self.ended.set_result((code, reason))

    # The three tasks.

    async def _write(self) -> None:
        while True:
            while self.queue:
                await self.send(self.queue.popleft())
            self.wake.clear()
            await self.wake.wait()

    async def _read(self) -> None:
        await self.talk.begin()
        while not self.ended.done():
            message = await self.receive()
            if message["type"] == "websocket.disconnect":
                return
            self.heard_at = monotonic()
            self.say(await self.talk.answer(message))
            if self.talk.bucket.is_abused:
                self.end(TOO_MANY, "Far too many frames.")

    async def _guard(self) -> None:
        """The safety net below the control frames: silence, and rights that changed unheard."""
        while True:
            await asyncio.sleep(CHECK_EVERY * random.uniform(0.8, 1.2))  # noqa: S311  (spread the checks)
            if monotonic() - self.heard_at > SILENT_AFTER:
                self.end(SILENT, "Nothing was heard from this page.")
            await self._recheck()

    async def _recheck(self) -> None:
        if not await self.talk.recheck():
            self.end(SESSION_ENDED, "You have been signed out.")

    async def _close(self, writing: asyncio.Task[None]) -> None:
        if not self.ended.done():
            return
        code, reason = self.ended.result()
        writing.cancel()
        try:
            async with asyncio.timeout(CLOSE_WITHIN):
                while self.queue and code != TOO_SLOW:
                    await self.send(self.queue.popleft())
                await self.send({"type": "websocket.close", "code": code, "reason": reason[:100]})
        except (TimeoutError, OSError, RuntimeError):
            log.debug("The other side was gone before it could be told %s.", code)


async def socket(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
    """The ASGI application at `/ws/`."""
    await Socket(scope, receive, send).run()
