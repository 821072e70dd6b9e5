"""WebSocket by the letter (RFC 6455, in the order of the Autobahn cases) through the server we ship, on a raw connection."""

import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

TEXT, BINARY, CLOSE, PING, PONG, MORE = 1, 2, 8, 9, 10, 0
ASK = b'{"type":"ping","ref":"r"}'


class Wire:
    """A client that may say anything, right or wrong."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("localhost", port), timeout=10)
        self.file = self.socket.makefile("rb")
        lines = [
            "GET /ws/ HTTP/1.1",
            f"Host: localhost:{port}",
            f"Origin: http://localhost:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        status = self.file.readline()
        head = dict(line.decode().strip().lower().split(": ", 1) for line in iter(self.file.readline, b"\r\n"))
        assert b" 101 " in status
        assert head["sec-websocket-accept"] == "s3pplmbitxaq9kygzzhzrbk+xoo="
        assert self.read()[0] == TEXT

    def send(self, kind: int, data: bytes = b"", *, last: bool = True, mask: bool = True, bits: int = 0) -> None:
        head = bytes([(0x80 if last else 0) | bits | kind])
        flag = 0x80 if mask else 0
        if len(data) < 126:
            head += bytes([flag | len(data)])
        elif len(data) < 2**16:
            head += bytes([flag | 126]) + struct.pack(">H", len(data))
        else:
            head += bytes([flag | 127]) + struct.pack(">Q", len(data))
        key = os.urandom(4) if mask else b""
        body = bytes(byte ^ key[n % 4] for n, byte in enumerate(data)) if mask else data
        self.socket.sendall(head + key + body)

    def read(self) -> tuple[int, bytes]:
        """The next frame; (CLOSE, b"") where the connection just ends."""
        head = self.file.read(2)
        if len(head) < 2:
            return CLOSE, b""
        assert not head[1] & 0x80, "a server does not mask"
        size = head[1] & 0x7F
        if size >= 126:
            size = int.from_bytes(self.file.read(2 if size == 126 else 8), "big")
        return head[0] & 0x0F, self.file.read(size)

    def answer(self) -> str:
        kind, data = self.read()
        assert kind == TEXT
        said = json.loads(data)
        return said.get("code", said["type"])

    def closed(self) -> int:
        """The code the server closes with, whatever it says before."""
        while True:
            kind, data = self.read()
            if kind == CLOSE:
                return int.from_bytes(data[:2], "big")


@pytest.fixture
def connect(live_site):
    @contextmanager
    def opened() -> Iterator[Wire]:
        wire = Wire(live_site.port)
        try:
            yield wire
        finally:
            wire.file.close()
            wire.socket.close()

    return opened


def test_what_is_right_is_answered(connect):
    with connect() as wire:
        wire.send(TEXT, ASK)
        assert wire.answer() == "pong"
        wire.send(TEXT, ASK[:5], last=False)
        wire.send(PING, b"between the parts")
        wire.send(MORE, ASK[5:9], last=False)
        wire.send(MORE, ASK[9:])
        assert wire.read() == (PONG, b"between the parts")
        assert wire.answer() == "pong"
        for payload in (b"", b"\x00\xff", b"x" * 125):
            wire.send(PING, payload)
            assert wire.read() == (PONG, payload)
        wire.send(PONG, b"nobody asked")
        wire.send(TEXT, '{"type":"ping","x":"κόσμε 🍻"}'.encode())
        assert wire.answer() == "pong"
        wire.send(BINARY, b"\x00\x01")
        assert wire.answer() == "bad-frame"
        wire.send(TEXT, b"")
        assert wire.answer() == "bad-frame"
        wire.send(TEXT, b"x" * 1_000_000)
        assert wire.answer() == "too-big"
        wire.send(CLOSE, struct.pack(">H", 1000) + b"Good night")
        assert wire.closed() == 1000


WRONG = {
    "a control frame of 126 bytes": (lambda wire: wire.send(PING, b"x" * 126), 1002),
    "a control frame in parts": (lambda wire: wire.send(PING, b"x", last=False), 1002),
    "a reserved bit": (lambda wire: wire.send(TEXT, ASK, bits=0x40), 1002),
    "a reserved kind": (lambda wire: wire.send(3, ASK), 1002),
    "a reserved control kind": (lambda wire: wire.send(11, b""), 1002),
    "a part of nothing": (lambda wire: wire.send(MORE, ASK), 1002),
    "a beginning within a beginning": (
        lambda wire: (wire.send(TEXT, b"{", last=False), wire.send(TEXT, b"}")),
        1002,
    ),
    "text that is no UTF-8": (lambda wire: wire.send(TEXT, b"\xce\xba\xed\xa0\x80"), 1007),
    "a frame without its mask": (lambda wire: wire.send(TEXT, ASK, mask=False), 1002),
    "a closing code of one byte": (lambda wire: wire.send(CLOSE, b"\x03"), 1002),
    "a closing code that does not exist": (lambda wire: wire.send(CLOSE, struct.pack(">H", 999)), 1002),
    "a closing reason that is no UTF-8": (lambda wire: wire.send(CLOSE, struct.pack(">H", 1000) + b"\xff"), 1007),
}


def test_what_is_wrong_closes_with_the_code_of_the_standard(connect):
    got = {}
    for name, (act, _) in WRONG.items():
        with connect() as wire:
            act(wire)
            got[name] = wire.closed()
    assert got == {name: code for name, (_, code) in WRONG.items()}
