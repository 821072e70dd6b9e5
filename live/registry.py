"""The table of streams: who may join, what came after n, which frames a client may send."""

from collections.abc import Callable, Mapping
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

    `may_join(member, number)` is asked at the subscription and again whenever rights may have changed;
    `after(member, number, seq)` answers all that happened since, as frames in order, or None for "start afresh".
    """

    kind: str
    may_join: Callable[[Any, int], bool]
    after: Callable[[Any, int, int], list[dict[str, Any]] | None] | None = None
    frames: Mapping[str, Frame] = field(default_factory=dict)


_streams: dict[str, Stream] = {}


def register(stream: Stream) -> None:
    """Called by an app's `ready()`."""
    _streams[stream.kind] = stream


def stream(kind: str) -> Stream | None:
    """The stream of that kind, if there is one."""
    return _streams.get(kind)
