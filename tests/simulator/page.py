"""An open page, by the rules of docs/reference/live-protocol.md; `Rules` breaks them one at a time to see it noticed."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from live.consumers import Socket


@dataclass(frozen=True)
class Rules:
    """What makes nothing get lost, doubled or stale."""

    asks_after_gaps: bool = True
    keeps_its_keys: bool = True
    newest_change_wins: bool = True


class Clock:
    """`static/live/js/clock.js`, which tests/browser/test_merge.py tries by itself."""

    def __init__(self, seq: int) -> None:
        self.seq, self.early, self.asked = seq, set[int](), seq

    def hear(self, seq: int) -> None:
        if seq > self.seq:
            self.early.add(seq)
        self._close()

    def ask(self) -> int:
        self.asked = max([self.seq, *self.early])
        return self.seq

    def covered(self, seq: int) -> None:
        self.seq = max(self.seq, seq)
        self.early = {each for each in self.early if each > self.seq}
        self._close()

    def _close(self) -> None:
        while self.seq + 1 in self.early:
            self.early.discard(self.seq + 1)
            self.seq += 1


@dataclass
class Wire:
    """One connection: what the page has sent, what is on its way back, and the server's end of it."""

    member: Any
    incoming: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    coming: deque[dict[str, Any]] = field(default_factory=deque)
    moves: asyncio.Event = field(default_factory=asyncio.Event)
    taken: bool = False

    def start(self) -> None:
        self.moves.set()
        self.incoming.put_nowait({"type": "websocket.connect"})
        self.server = Socket(self.member, None, self._receive, self._send)
        self.task = asyncio.create_task(self.server.run())

    async def _receive(self) -> dict[str, Any]:
        if self.taken:
            self.incoming.task_done()
        self.taken = True
        return await self.incoming.get()

    async def _send(self, message: dict[str, Any]) -> None:
        await self.moves.wait()
        self.coming.append(message)

    async def greeted(self) -> None:
        """The server waits for the first frame."""
        while not self.coming and not self.task.done():
            await asyncio.sleep(0)
        await self.answered()

    async def answered(self) -> None:
        """The server has dealt with all that was sent, or has closed."""
        dealt = asyncio.create_task(self.incoming.join())
        await asyncio.wait({dealt, self.task}, return_when=asyncio.FIRST_COMPLETED)
        dealt.cancel()

    async def cut(self) -> None:
        self.moves.set()
        self.coming.clear()
        self.incoming.put_nowait({"type": "websocket.disconnect"})
        await asyncio.wait({self.task}, timeout=5)


class Page:
    """What one member sees of a room, in the order in which it stands on the page."""

    def __init__(self, member: Any, stream: str, rules: Rules) -> None:
        self.member, self.stream, self.rules = member, stream, rules
        self.lines: list[dict[str, Any]] = []
        self.clock = Clock(0)
        self.wire: Wire | None = None
        self.outbox: dict[str, str] = {}
        self.waiting: dict[str, dict[str, Any]] = {}
        self.refs = 0
        self.is_joined = self.must_redraw = self.is_overdue = False

    @property
    def is_stuck(self) -> bool:
        return self.wire is not None and not self.wire.moves.is_set()

    @property
    def is_asking(self) -> bool:
        return any(frame["type"] == "join" for frame in self.waiting.values())

    async def connect(self, wire: Wire) -> None:
        self.wire = wire
        wire.start()
        await wire.greeted()

    async def lost(self) -> None:
        """The line is down: what was asked is not answered any more."""
        wire, self.wire = self.wire, None
        self.is_joined = self.is_overdue = False
        self.waiting.clear()
        if wire:
            await wire.cut()

    async def unstick(self) -> None:
        """The line moves again; a page that waited for an answer in vain has hung up by then (`ANSWER_MS` of live.js)."""
        if self.wire:
            self.wire.moves.set()
        if self.is_overdue:
            await self.lost()

    async def send(self, kind: str, **fields: Any) -> None:
        """Send a frame; the server deals with it now, its answer arrives whenever the wire delivers it."""
        if self.wire is None or self.wire.task.done():
            return
        if self.is_stuck:
            self.is_overdue = True
            return
        self.refs += 1
        frame = {"type": kind, "stream": self.stream, "ref": f"r{self.refs}", **fields}
        self.waiting[frame["ref"]] = frame
        self.wire.incoming.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})
        await self.wire.answered()

    async def ask(self) -> None:
        if not self.is_asking:
            await self.send("join", after=self.clock.ask() if self.rules.asks_after_gaps else self.clock.seq or None)

    async def speak(self) -> None:
        """Try to send what waits, one after the other, as the page does."""
        if self.is_joined and not any(frame["type"] == "say" for frame in self.waiting.values()):
            for key, body in list(self.outbox.items())[:1]:
                sent = key if self.rules.keeps_its_keys else f"{key}-{self.refs}"
                await self.send("say", body=body, key=sent)

    async def deliver(self, most: int = 1) -> None:
        """Frames arrive."""
        for _ in range(most):
            if self.wire is None or not self.wire.coming:
                return
            message = self.wire.coming.popleft()
            if message["type"] == "websocket.close":
                await self.lost()
            elif message["type"] == "websocket.send":
                await self.hear(json.loads(message["text"]))

    async def hear(self, frame: dict[str, Any]) -> None:
        match frame:
            case {"type": "hello"} | {"type": "resync"}:
                if self.rules.asks_after_gaps or frame["type"] == "hello":
                    await self.ask()
            case {"ref": str(ref)} if ref in self.waiting:
                await self._answered(self.waiting.pop(ref), frame)
            case {"type": "missed", "after": after, "upto": upto, "frames": frames}:
                for each in frames:
                    self.show(each)
                self.clock.covered(upto) if self.clock.seq >= after else self.clock.hear(upto)
                await self._mind_the_gap()
            case {"seq": int(seq)}:
                self.show(frame)
                self.clock.hear(seq)
                await self._mind_the_gap()

    async def _answered(self, asked: dict[str, Any], answer: dict[str, Any]) -> None:
        if asked["type"] == "join" and answer["type"] == "joined":
            self.is_joined = True
            if answer.get("afresh"):
                self.must_redraw = True
                return
            frames = answer.get("frames", [])
            for each in frames:
                self.show(each)
            self.clock.covered(max([self.clock.asked, *(each["seq"] for each in frames)]))
            await self._mind_the_gap()
        elif "message" in answer:
            if asked["type"] == "say":
                self.outbox.pop(next((key for key in self.outbox if asked["key"].startswith(key)), ""), None)
            await self.hear({"ref": None, **answer["message"]})

    async def _mind_the_gap(self) -> None:
        if self.clock.early and self.is_joined and self.rules.asks_after_gaps:
            await self.ask()

    def redraw(self, frames: list[dict[str, Any]], seq: int) -> None:
        """The page was fetched anew: what it shows is from then, and so is its clock."""
        self.must_redraw = False
        self.lines = list(frames)
        self.clock = Clock(seq)
        for frame in frames:
            self.outbox.pop(frame["key"], None)

    def show(self, frame: dict[str, Any]) -> None:
        """`static/chat/js/merge.js`: each once, by its number, the newest change winning."""
        known = next((n for n, line in enumerate(self.lines) if line["id"] == frame["id"]), None)
        if known is not None:
            if frame["seq"] > self.lines[known]["seq"] or not self.rules.newest_change_wins:
                self.lines[known] = frame
            return
        place = next((n for n, line in enumerate(self.lines) if line["number"] > frame["number"]), len(self.lines))
        self.lines.insert(place, frame)
        self.outbox.pop(frame["key"], None)

    def seen(self) -> list[tuple[int, int, str]]:
        return [(line["number"], line["seq"], line["html"]) for line in self.lines]
