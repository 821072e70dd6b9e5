"""Many sockets in one process, as cheap as they can be: `python -m bench.listeners URLS JOIN NUMBER`.

Says READY when all are in, counts frames until three seconds of silence, then says what it counted as JSON. Frames from
a server are not masked (RFC 6455 section 5.1), so that looking for two numbers in each is all the work there is.
"""

import asyncio
import json
import os
import sys
import time
from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SILENCE = 3.0
TEXT, PING, PONG = 0x81, 0x89, 0x8A
SHORT, MEDIUM = 125, 126


@dataclass
class Counts:
    """What all sockets of this process heard."""

    spans: list[float] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    last_at: float = 0.0
    first_at: float = 0.0


class Listener(asyncio.Protocol):
    """One socket."""

    def __init__(self, counts: Counts, ready: "asyncio.Future[None]", hello: bytes, join: bytes) -> None:
        self.counts, self.ready, self.hello, self.join = counts, ready, hello, join
        self.buffer, self.is_open, self.expects = b"", False, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data: bytes) -> None:
        data = self.buffer + data if self.buffer else data
        if not self.is_open:
            head, mark, data = data.partition(b"\r\n\r\n")
            if not mark:
                self.buffer = head
                return
            if b" 101 " not in head[:16]:
                raise SystemExit(f"refused: {head[:200]!r}")
            self.is_open = True
            if self.join:
                self.transport.write(self.join)
            else:
                self.ready.set_result(None)
        self.buffer = self._frames(data)

    def _frames(self, data: bytes) -> bytes:
        at = 0
        while len(data) - at >= 2:
            size, start = data[at + 1], at + 2
            if size == MEDIUM:
                size, start = int.from_bytes(data[at + 2 : at + 4]), at + 4
            if len(data) < start + size:
                break
            if data[at] == PING:
                self.transport.write(_masked(data[start : start + size], PONG))
            else:
                self._frame(data, start, start + size)
            at = start + size
        return data[at:]

    def _frame(self, data: bytes, start: int, end: int) -> None:
        found = data.find(b'"n":', start, end)
        if found < 0:
            if not self.ready.done() and data.find(b'"joined"', start, end) > 0:
                self.ready.set_result(None)
            return
        now = time.time()
        number, _, rest = data[found + 4 : end].partition(b",")
        said = int(number)
        self.counts.lost += max(0, said - self.expects)
        self.counts.doubled += said < self.expects
        self.expects = said + 1
        self.counts.spans.append(now - float(rest[rest.index(b":") + 1 :].rstrip(b"}")))
        self.counts.first_at = self.counts.first_at or now
        self.counts.last_at = now


def _masked(text: bytes, opcode: int = TEXT) -> bytes:
    key = os.urandom(4)
    return bytes([opcode, 0x80 | len(text)]) + key + bytes(byte ^ key[place % 4] for place, byte in enumerate(text))


async def listen(urls: list[str], join: str, number: int) -> Counts:
    """Open all, wait for silence; every other socket goes to the next address."""
    loop, counts = asyncio.get_running_loop(), Counts()
    waiting = []
    for each in range(number):
        parts = urlsplit(urls[each % len(urls)])
        key = b64encode(os.urandom(16)).decode()
        head = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: http://{parts.netloc}\r\n"
        head += "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        head += f"Sec-WebSocket-Key: {key}\r\n\r\n"
        ready = loop.create_future()
        wire = Listener(counts, ready, head.encode(), _masked(join.encode()) if join else b"")
        await loop.create_connection(lambda wire=wire: wire, parts.hostname, parts.port)
        waiting.append(ready)
        if len(waiting) >= 50:
            await asyncio.gather(*waiting)
            waiting = []
    await asyncio.gather(*waiting)
    print("READY", flush=True)
    while not counts.last_at or time.time() - counts.last_at < SILENCE:  # noqa: ASYNC110  (silence is no event)
        await asyncio.sleep(0.2)
    return counts


def main() -> None:
    """Count, then say it."""
    urls, join, number = sys.argv[1].split(","), sys.argv[2], int(sys.argv[3])
    counts = asyncio.run(listen(urls, join, number))
    spans = sorted(counts.spans)
    told = {
        "deliveries": len(spans),
        "seconds": counts.last_at - counts.first_at,
        "lost": counts.lost,
        "doubled": counts.doubled,
        "p50_ms": spans[len(spans) // 2] * 1000,
        "p99_ms": spans[len(spans) * 99 // 100] * 1000,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
