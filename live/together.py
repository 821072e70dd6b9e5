"""What one commit says goes to Redis in one trip, however many hints it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import local
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from live import bridge


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said on a stream; `otherwise` is done when Redis cannot be reached."""

    stream: str
    text: str
    otherwise: Callable[[], None]


class _Here(local):
    gathered: list[Frame] | None = None
    """Of this thread, while it gathers."""


_here = _Here()


def hand_over(frame: Frame) -> None:
    """To the other processes: at once, or with all that is said `together`."""
    if _here.gathered is None:
        _send([frame])
    else:
        _here.gathered.append(frame)


@contextmanager
def together() -> Iterator[None]:
    """What this thread hands over in here leaves at the end, in the order in which it was said."""
    if _here.gathered is not None:
        yield
        return
    _here.gathered = []
    try:
        yield
    finally:
        frames, _here.gathered = _here.gathered, None
        _send(frames)


def at_each_commit(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Django calls what waits for a commit one by one; let all of that be said together. For `connection_created`."""
    if "run_and_clear_commit_hooks" in vars(connection):
        return
    run = connection.run_and_clear_commit_hooks

    def run_together() -> None:
        with together():
            run()

    connection.run_and_clear_commit_hooks = run_together  # type: ignore[method-assign]


def _send(frames: list[Frame]) -> None:
    if not frames or (settings.REDIS_URL and bridge.publish(*((each.stream, each.text) for each in frames))):
        return
    for each in frames:
        each.otherwise()
