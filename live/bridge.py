"""Between processes: Redis pub/sub, which may lose messages and says so by a call to `on_gap`."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from functools import cache

import redis
import redis.asyncio
from django.conf import settings

log = logging.getLogger(__name__)

PREFIX = "pl:live:"
SENTINEL = f"{PREFIX}-"
"""Always subscribed, so that the connection is in subscriber mode from the start."""
CONFIRM_WITHIN = 1.0
PING_EVERY = 10.0
DEAD_AFTER = 25.0
LONGEST_WAIT = 5.0
QUIET_FOR = 2.0
"""After a failure, publishing is not tried for so many seconds: a dead Redis must not slow every request."""


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5, retry=None)


_quiet_until = 0.0


def publish(*frames: tuple[str, str]) -> bool:
    """Hand frames (stream, text) to all processes in one trip, from any thread.

    False when Redis cannot be reached, never an error; some may have arrived then.
    """
    global _quiet_until  # noqa: PLW0603  (one breaker a process)
    if time.monotonic() < _quiet_until:
        return False
    try:
        with _client().pipeline(transaction=False) as trip:
            for stream, text in frames:
                trip.publish(PREFIX + stream, text)
            trip.execute()
    except (redis.RedisError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_FOR
        log.warning("Redis is unreachable, live updates reach this process only: %s", error)
        return False
    return True


class Bridge:
    """One subscriber connection of one event loop; `want` and `drop` note what is wished for, one task sends it."""

    def __init__(self, url: str, on_message: Callable[[str, str], None], on_gap: Callable[[], None]) -> None:
        """`on_message(stream, text)` for each frame; `on_gap()` when some may have been missed."""
        self._pool = redis.asyncio.ConnectionPool.from_url(url, socket_connect_timeout=2)
        self._on_message, self._on_gap = on_message, on_gap
        self._wanted: dict[str, asyncio.Event] = {}
        self._sent: set[str] = set()
        self._standing: set[str] = set()
        self._kick = asyncio.Event()
        self._missed = False
        self._task: asyncio.Task[None] | None = None

    async def want(self, stream: str) -> None:
        """Returns once the subscription stands, or after a second without Redis (a gap is told later)."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        confirmed = self._wanted.setdefault(stream, asyncio.Event())
        if stream in self._standing:
            confirmed.set()
        self._kick.set()
        try:
            async with asyncio.timeout(CONFIRM_WITHIN):
                await confirmed.wait()
        except TimeoutError:
            self._missed = True

    def drop(self, stream: str) -> None:
        """Nobody here listens to it any more."""
        self._wanted.pop(stream, None)
        self._kick.set()

    async def _run(self) -> None:
        wait = 0.1
        while True:
            began = time.monotonic()
            try:
                await self._one_connection()
            except (redis.RedisError, OSError, TimeoutError) as error:
                log.warning("Redis is unreachable, live updates from other processes pause: %s", error)
            self._missed = True
            self._sent.clear()
            self._standing.clear()
            for confirmed in self._wanted.values():
                confirmed.clear()
            wait = 0.1 if time.monotonic() - began > LONGEST_WAIT else min(wait * 2, LONGEST_WAIT)
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311  (jitter)

    async def _one_connection(self) -> None:
        connection = self._pool.make_connection()
        tasks: set[asyncio.Task[None]] = set()
        try:
            await connection.connect()
            await connection.send_command("SUBSCRIBE", SENTINEL, check_health=False)
            self._kick.set()
            tasks = {asyncio.create_task(self._read(connection)), asyncio.create_task(self._ask(connection))}
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await connection.disconnect(nowait=True)

    async def _ask(self, connection: redis.asyncio.Connection) -> None:
        """Bring what is subscribed to what is wanted, and ping when there is nothing to do."""
        while True:
            try:
                await asyncio.wait_for(self._kick.wait(), PING_EVERY)
            except TimeoutError:
                await connection.send_command("PING", check_health=False)
                continue
            self._kick.clear()
            new, old = self._wanted.keys() - self._sent, self._sent - self._wanted.keys()
            # Noted before it is sent: what is wanted again meanwhile is asked for again.
            self._sent = (self._sent - old) | new
            self._standing -= old
            if old:
                await connection.send_command("UNSUBSCRIBE", *(PREFIX + each for each in old), check_health=False)
            if new:
                await connection.send_command("SUBSCRIBE", *(PREFIX + each for each in new), check_health=False)

    async def _read(self, connection: redis.asyncio.Connection) -> None:
        while True:
            async with asyncio.timeout(DEAD_AFTER):
                kind, *rest = await connection.read_response(disable_decoding=True)
            if kind == b"message":
                channel, text = rest
                self._on_message(channel.decode().removeprefix(PREFIX), text.decode())
            elif kind == b"subscribe":
                self._confirmed(rest[0].decode().removeprefix(PREFIX))

    def _confirmed(self, stream: str) -> None:
        if stream in self._wanted:
            self._standing.add(stream)
            self._wanted[stream].set()
        if self._missed and all(event.is_set() for event in self._wanted.values()):
            self._missed = False
            self._on_gap()
