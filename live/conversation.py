"""What is said on one socket: frames in, answers out (`docs/reference/live-protocol.md`)."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from time import monotonic
from typing import Any

from django.db import OperationalError

from live import hub
from live.limits import MAX_BYTES, MAX_STREAMS, Bucket
from live.registry import Refused, Stream, number_of, stream
from live.rights import can_be_shared
from live.threads import in_thread

log = logging.getLogger(__name__)

VERSION = 1


class Conversation:
    """Who speaks, what they listen to and how fast they may go on."""

    __slots__ = ("_own", "bucket", "ear", "hall", "member", "session_key", "streams")

    def __init__(self, member: Any, session_key: str | None, hall: hub.Hall, ear: hub.Ear) -> None:
        """`member` is None for visitors; `ear` is the socket, for the hub."""
        self.member, self.session_key = member, session_key
        self.hall, self.ear = hall, ear
        self.streams: dict[str, Stream] = {}
        self.bucket = Bucket()
        self._own = f"member:{member.pk}" if member else ""

    async def begin(self) -> None:
        """Listen to what is said to this member's sockets, and greet."""
        if self._own:
            await self.hall.enter(self._own, self.ear)
        self.ear.say({"type": "hello", "v": VERSION, "member": self.member.pk if self.member else None})

    def end(self) -> None:
        """Stop listening."""
        for name in (self._own, *self.streams):
            self.hall.leave(name, self.ear)
        self.streams.clear()

    async def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Exactly one frame for each that came, with its `ref`."""
        frame: dict[str, Any] = {}
        try:
            frame = _decode(message, self.bucket)
            answer = await self._take(frame)
        except Refused as refusal:
            answer = {"type": "refused", "code": refusal.code, "text": str(refusal), "retry_after": refusal.retry_after}
        return answer | {"stream": frame.get("stream"), "ref": frame.get("ref")}

    async def recheck(self) -> bool:
        """Ask again what they may hear; False when the session itself is over."""
        try:
            if self.member and not await self._is_signed_in():
                return False
            for name in list(self.streams):
                if not await self._may_join(name) and name in self.streams:
                    self._leave(name)
                    self.ear.say({"type": "left", "stream": name, "code": "no-longer-yours"})
        except OperationalError as error:
            log.warning("The database did not answer a check of rights: %s", error)
        return True

    async def _is_signed_in(self) -> bool:
        found = await self.hall.sign_ins.ask(self.session_key) if self.session_key else None
        return found is not None and bool(found.pk == self.member.pk)

    async def _may_join(self, name: str) -> bool:
        if can_be_shared(name, self.member):
            return bool(await self.hall.rights.ask((name, self.member)))
        return bool(await in_thread(_entry(name).may_join, self.member, number_of(name)))

    async def _take(self, frame: Mapping[str, Any]) -> dict[str, Any]:
        match frame.get("type"):
            case "ping":
                return {"type": "pong"}
            case "join":
                return await self._join(frame.get("stream"), frame.get("after"))
            case "leave":
                self._leave(str(frame.get("stream")))
                return {"type": "left"}
            case other:
                return await self._pass_on(str(other), frame)

    def _leave(self, name: str) -> None:
        if self.streams.pop(name, None):
            self.hall.leave(name, self.ear)

    async def _join(self, name: Any, after: Any) -> dict[str, Any]:
        entry = _entry(name)
        if after is not None and (not isinstance(after, int) or isinstance(after, bool) or not 0 <= after < 2**63):
            raise Refused("bad-frame", "`after` must be a whole number.")
        if not await _guarded(self._may_join(name)):
            raise _not_there()
        if name not in self.streams:
            if len(self.streams) >= MAX_STREAMS:
                raise Refused("too-many-streams", f"One page may listen to {MAX_STREAMS} streams.")
            self.streams[name] = entry
            # Listen first, then read: what is written in between comes twice and is told apart by its number.
            await self.hall.enter(name, self.ear)
        if after is None or entry.after is None:
            return {"type": "joined"}
        read = partial(in_thread, _read, entry.after, number_of(name), after)
        missed = await _guarded(self.hall.shared.ask((name, after), read))
        if missed is None:
            return {"type": "joined", "afresh": True}
        upto, frames = missed
        self.hall.clocks.stand(name, upto)
        return {"type": "joined", "frames": frames}

    async def _pass_on(self, kind: str, frame: Mapping[str, Any]) -> dict[str, Any]:
        name = frame.get("stream")
        joined = self.streams.get(name) if isinstance(name, str) else None
        if joined is None or not isinstance(name, str):
            raise Refused("not-joined", "Join the stream first, then send.")
        if kind not in joined.frames:
            raise Refused("unknown-frame", "This stream does not take such a frame.")
        if self.member is None:
            raise Refused("sign-in", "Sign in to take part.")
        done = await _guarded(in_thread(joined.frames[kind], self.member, number_of(name), frame))
        return {"type": "done", **done}


def _decode(message: Mapping[str, Any], bucket: Bucket) -> dict[str, Any]:
    text = message.get("text")
    size = len(text.encode(errors="replace")) if text else len(message.get("bytes") or b"")
    frame = _parsed(text) if text and size <= MAX_BYTES else None
    if wait := bucket.take(monotonic(), cost=1.0 if size <= MAX_BYTES else 10.0):
        code, words = "too-fast", "That was too much at once; it goes on in a moment."
    elif size > MAX_BYTES:
        code, words = "too-big", f"A frame may have {MAX_BYTES // 1024} kB at most."
    elif not isinstance(frame, dict):
        code, words = "bad-frame", "A frame is a JSON object in text."
    else:
        return frame
    raise Refused(code, words, retry_after=round(wait, 2) or None)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _not_there() -> Refused:
    return Refused("no-such-stream", "There is nothing here that you may listen to.")


def _entry(name: Any) -> Stream:
    kind, _, number = name.partition(":") if isinstance(name, str) else ("", "", "")
    entry = stream(kind)
    if entry is None or not (number.isascii() and number.isdigit()) or len(number) > len(str(2**63)) - 1:
        raise _not_there()
    return entry


def _read(after: Callable[..., list[dict[str, Any]] | None], number: int, seq: int) -> tuple[int, hub.Written] | None:
    """What came after, as it goes over the wire to everyone who asked, and up to where."""
    frames = after(number, seq)
    return None if frames is None else (max([seq, *(each["seq"] for each in frames)]), hub.write(frames))


async def _guarded(answer: Awaitable[Any]) -> Any:
    """What was found in a worker thread; what broke there is logged here and told in words."""
    try:
        return await answer
    except Refused:
        raise
    except OperationalError as error:
        log.warning("The database did not answer: %s", error)
        raise Refused("unavailable", "The database does not answer just now. Try again.", retry_after=5) from error
    except Exception as error:
        log.exception("A frame broke something.")
        raise Refused("broken", "Something went wrong here and was noted. Try again.", retry_after=5) from error
