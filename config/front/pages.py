"""The pages themselves: kept while they are true, rendered by one request while the others wait or get the last one.

A page is true until one of its parts has changed (`live.changes`), and for `KEEP_FOR` seconds at most, because it says
"two minutes ago" and counts things that no part stands for.
"""

import time
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import blake2b
from math import inf
from threading import Lock

from config.front.asking import Asked
from live import changes
from live.listener import hears_all

KEEP_FOR = 60.0
LARGEST = 1024 * 1024
MOST_BYTES = 64 * 1024 * 1024
MOST_REFUSED = 4_000
WAIT = 5.0
"""For so many seconds a request waits for another that renders the same page; then it renders on its own."""
TRIES = 3
KNOWN_TO_VARY = {"cookie", "hx-request"}

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of 200 as it goes out; `as_of` is the tick of the clock before it was rendered."""

    headers: Headers
    body: bytes
    etag: str
    modified: str
    parts: tuple[str, ...]
    as_of: int
    until: float
    turns_at: float = inf
    """The moment (of the wall clock) from which on the page would say something else by itself."""

    def is_true(self) -> bool:
        """Has nothing changed that it is made of, nor its moment come?"""
        return time.time() < self.turns_at and not changes.here.since(self.as_of, self.parts)

    def is_known(self, if_none_match: str, if_modified_since: str) -> bool:
        """Does the asker hold this very page already? A tag is the better question (RFC 9110, 13.2.2)."""
        if if_none_match:
            return self.etag in if_none_match or if_none_match == "*"
        return bool(self.modified) and if_modified_since == self.modified

    @property
    def short_headers(self) -> Headers:
        """What goes with 304."""
        return [(name, value) for name, value in self.headers if not name.lower().startswith("content-")]


@dataclass(frozen=True, slots=True)
class Flight:
    """The right, and the duty, to render a page: `Pages.land` must follow, whatever happens."""

    key: Asked
    as_of: int
    outcome: "Future[Page | None]"


class Pages:
    """What is kept in this process: at most `MOST_BYTES`, those asked for last."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._kept: OrderedDict[Asked, Page] = OrderedDict()
        self._bytes = 0
        self._refused: OrderedDict[Asked, float] = OrderedDict()
        self._flights: dict[Asked, Flight] = {}
        self._lock = Lock()

    def seek(self, key: Asked) -> "Page | Flight | Future[Page | None] | None":
        """A page to send, a flight to render, the outcome of another's flight to wait for, or None: not kept here."""
        if not hears_all():
            return None
        now = time.monotonic()
        with self._lock:
            page = self._kept.get(key)
            if page is not None and not page.is_true():
                page = None
            if page is not None:
                self._kept.move_to_end(key)
                if now < page.until:
                    return page
            elif self._refused.get(key, 0) > now:
                return None
            if (flight := self._flights.get(key)) is not None:
                return page or flight.outcome
            flight = self._flights[key] = Flight(key, changes.here.now, Future())
            return flight

    def land(self, flight: Flight, page: Page | None) -> None:
        """The flight is over; without a page, this address is let through for a while."""
        with self._lock:
            self._flights.pop(flight.key, None)
            self._drop(flight.key)
            if page is not None:
                self._keep(flight.key, page)
            else:
                self._refused[flight.key] = time.monotonic() + KEEP_FOR
                while len(self._refused) > MOST_REFUSED:
                    self._refused.popitem(last=False)
        flight.outcome.set_result(page)

    def _keep(self, key: Asked, page: Page) -> None:
        self._refused.pop(key, None)
        self._kept[key] = page
        self._bytes += len(page.body)
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Asked) -> None:
        if (page := self._kept.pop(key, None)) is not None:
            self._bytes -= len(page.body)


def made_of(headers: Headers) -> str:
    """What the view said its page is made of, taken out of the headers: it is nobody else's business."""
    said = [value for name, value in headers if name.lower() == changes.MADE_OF.lower()]
    headers[:] = [(name, value) for name, value in headers if name.lower() != changes.MADE_OF.lower()]
    return said[0] if said else ""


def page_of(flight: Flight, parts: str, headers: Headers, body: bytes) -> Page | None:
    """A page to keep, or None where it is someone's own: it sets a cookie, varies by more than we know, or is huge."""
    told = {name.lower(): value for name, value in headers}
    varies = {each.strip().lower() for each in told.get("vary", "").split(",") if each.strip()}
    if "set-cookie" in told or varies - KNOWN_TO_VARY or len(body) > LARGEST:
        return None
    etag = told.get("etag") or f'"{blake2b(body, digest_size=16).hexdigest()}"'
    ours = {"etag": etag, "cache-control": told.get("cache-control", "no-cache")}
    kept = [(name, value) for name, value in headers if name.lower() not in ours]
    named = parts.split()
    moments = [float(part.removeprefix(changes.UNTIL)) for part in named if part.startswith(changes.UNTIL)]
    return Page(
        headers=[*kept, ("ETag", ours["etag"]), ("Cache-Control", ours["cache-control"])],
        body=body,
        etag=etag.removeprefix("W/"),
        modified=told.get("last-modified", ""),
        parts=tuple(part for part in named if not part.startswith(changes.UNTIL)),
        as_of=flight.as_of,
        until=time.monotonic() + KEEP_FOR,
        turns_at=min(moments, default=inf),
    )
