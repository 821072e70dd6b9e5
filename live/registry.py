"""The table of streams: who may join, what came after n, which frames a client may send."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Refused(Exception):  # noqa: N818  (it says the outcome)
    """A frame or a subscription was refused; `code` is for programs, the text for people."""

    def __init__(self, code: str, text: str, *, retry_after: float | None = None) -> None:
        """Keep the three parts."""
        super().__init__(text)
        self.code, self.text, self.retry_after = code, text, retry_after


class Frame(Protocol):
    """Handles one kind of frame: `(member, stream id, frame) -> answer`, raising `Refused`."""

    def __call__(self, member: Any, number: int, frame: Mapping[str, Any]) -> Mapping[str, Any]:
        """Run in a worker thread, outside any transaction."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of subscription, such as "room" in "room:7".

    `may_join(member, number)` is asked at the subscription and again whenever rights may have changed; where there is
    `who_may_join(members, number)`, which answers the keys of those who may, a crowd is one question. A stream that
    counts has `after(number, seq)`: all that happened since, the same for all, as frames in order, or None for "start
    afresh"; and `heads(numbers)`: the newest number of each of these streams, in one query.
    """

    kind: str
    may_join: Callable[[Any, int], bool]
    after: Callable[[int, int], list[dict[str, Any]] | None] | None = None
    frames: Mapping[str, Frame] = field(default_factory=dict)
    heads: Callable[[Collection[int]], dict[int, int]] | None = None
    who_may_join: Callable[[Collection[Any], int], Collection[int]] | None = None


_streams: dict[str, Stream] = {}


def register(stream: Stream) -> None:
    """Called by an app's `ready()`."""
    _streams[stream.kind] = stream


def stream(kind: str) -> Stream | None:
    """The stream of that kind, if there is one."""
    return _streams.get(kind)


def counts(name: str) -> bool:
    """Whether the frames of this stream carry numbers without gaps."""
    entry = _streams.get(name.partition(":")[0])
    return entry is not None and entry.heads is not None


def number_of(name: str) -> int:
    """The 7 of "room:7"."""
    return int(name.partition(":")[2])
