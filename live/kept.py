"""What a process has worked out and keeps in memory, until a part that it is made of has changed (`live.changes`)."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings

from live import changes
from live.listener import hears_all

KEEP_FOR = 60.0
"""A crash between a commit and its telling leaves a thing old for so many seconds at most."""

T = TypeVar("T")
Parts = tuple[str, ...] | Callable[[T], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Made(Generic[T]):
    value: T
    parts: tuple[str, ...]
    as_of: int
    until: float


class Kept(Generic[T]):
    """Values by key, of one kind; beyond `most` of them it begins anew."""

    def __init__(self, most: int = 5_000, keep_for: float = KEEP_FOR) -> None:
        """Nothing yet. Keep for longer only what its key says all about."""
        self.most, self.keep_for = most, keep_for
        self._kept: dict[Hashable, _Made[T]] = {}

    def get(self, key: Hashable, parts: Parts[T], make: Callable[[], T]) -> T:
        """The value kept under `key`, or the one that is made now.

        `parts` as in `changes.changed`, or what tells them from the value.
        """
        if not settings.KEEP_PAGES or not hears_all():
            return make()
        now = time.monotonic()
        found = self._kept.get(key)
        if found is not None and now < found.until and not changes.here.since(found.as_of, found.parts):
            return found.value
        as_of = changes.here.now
        value = make()
        if len(self._kept) >= self.most:
            self._kept = {}
        self._kept[key] = _Made(value, parts(value) if callable(parts) else parts, as_of, now + self.keep_for)
        return value
