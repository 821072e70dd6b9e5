"""When the parts that visitors' pages are made of last changed: what a kept page is measured by.

A part is a word: "site", "forum", "category:7", "group:3", "topic:42"; decision 0054 lists them. Actions call
`changed`, views say `made_of`, and `config.front` keeps the page until one of its parts has changed.
"""

import time
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Protocol, TypeVar

from django.conf import settings
from django.db import transaction

from live.together import Frame, hand_over

STREAM = "changed"
MADE_OF = "X-Made-Of"
"""The header by which a view tells the front what its page is made of; it never leaves the site."""
UNTIL = "until:"
"""Not a part but a moment, in seconds: what the page says is not true any more from then on."""
EVERYTHING = "site"
MOST = 10_000


class Answer(Protocol):
    """A response, as far as this floor knows one."""

    def __setitem__(self, header: str, value: str) -> None:
        """Set a header."""


Response = TypeVar("Response", bound=Answer)


class Changes:
    """A clock that ticks with every change, and for each part the tick of its last one."""

    def __init__(self) -> None:
        """Nothing has changed yet."""
        self.now = 0
        self._last: dict[str, int] = {}
        self._forgotten = 0
        self._lock = Lock()

    def note(self, parts: Iterable[str]) -> None:
        """These changed now. Beyond `MOST` the oldest are forgotten, and what is older counts as changed."""
        with self._lock:
            self.now += 1
            for part in parts:
                self._last.pop(part, None)
                self._last[part] = self.now
            while len(self._last) > MOST:
                self._forgotten = self._last.pop(next(iter(self._last)))

    def note_all(self) -> None:
        """Anything may have changed."""
        with self._lock:
            self.now += 1
            self._forgotten = self.now
            self._last.clear()

    def since(self, tick: int, parts: Iterable[str]) -> bool:
        """Has one of these changed after `tick`?"""
        last = self._last
        return tick < self._forgotten or any(last.get(part, 0) > tick for part in parts)


here = Changes()
"""What this process knows of."""
owed: set[str] = set()
"""What could not be told to the other processes because Redis was away; `live.listener` tells them later."""


def changed(*parts: str) -> None:
    """Let no visitor see these as they were: here from the commit on, elsewhere as soon as Redis tells."""
    transaction.on_commit(partial(_tell, parts), robust=True)


def made_of(response: Response, *parts: str, turns: Iterable[datetime | None] = ()) -> Response:
    """Let this page be kept for visitors until one of its parts, or the whole site, has changed.

    `turns` are moments from which on it would say something else by itself; those gone by do not count.
    """
    now = time.time()
    coming = [turn.timestamp() for turn in turns if turn and turn.timestamp() > now]
    until = [f"{UNTIL}{min(coming)}"] if coming else []
    response[MADE_OF] = " ".join((EVERYTHING, *parts, *until))
    return response


def _tell(parts: Iterable[str]) -> None:
    here.note(parts)
    if settings.REDIS_URL:
        hand_over(Frame(STREAM, " ".join(parts), partial(owed.update, parts)))
