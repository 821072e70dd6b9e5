"""One thread a process that hears what other processes changed; while it hears nothing, no kept page may be trusted."""

import logging
import time
from threading import Event, Lock, Thread

import redis
from django.conf import settings

from live import bridge, changes

log = logging.getLogger(__name__)

TICK = 1.0
DEAD_AFTER = 5.0
"""A connection that says nothing for so many seconds, not even to a ping, is gone."""


class Listener:
    """Hears through one Redis; `hears` is true from the moment nothing can be missed."""

    def __init__(self, url: str) -> None:
        """Begins at once, in a thread that does not hold the process back when it ends."""
        self.url, self.hears = url, False
        self._over = Event()
        Thread(target=self._run, name="changes", daemon=True).start()

    def stop(self) -> None:
        """Hear no more."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._hear()
            except (redis.RedisError, OSError) as error:
                log.warning("Redis is unreachable, pages for visitors are not kept: %s", error)
            self.hears = False
            self._over.wait(TICK)

    def _hear(self) -> None:
        client = redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=DEAD_AFTER)
        with client, client.pubsub() as ear:
            ear.subscribe(bridge.PREFIX + changes.STREAM)
            heard_at = time.monotonic()
            while time.monotonic() - heard_at < DEAD_AFTER and not self._over.is_set():
                message = ear.get_message(timeout=TICK)
                if message is None:
                    _pay_what_is_owed()
                    ear.ping()
                    continue
                heard_at = time.monotonic()
                if message["type"] == "subscribe":
                    changes.here.note_all()
                    self.hears = True
                elif message["type"] == "message":
                    changes.here.note(message["data"].decode().split())


_listener: Listener | None = None
_lock = Lock()


def hears_all() -> bool:
    """Does this process know of every change? Without Redis it is the only one. The first question begins to listen."""
    if not settings.REDIS_URL:
        return True
    return (_listener or listener()).hears


def listener() -> Listener:
    """The one of this process, begun after its server has forked."""
    global _listener  # noqa: PLW0603
    with _lock:
        if _listener is None:
            _listener = Listener(settings.REDIS_URL)
        return _listener


def _pay_what_is_owed() -> None:
    owed = set(changes.owed)
    if owed and bridge.publish((changes.STREAM, " ".join(owed))):
        changes.owed.difference_update(owed)
