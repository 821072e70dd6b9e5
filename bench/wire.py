"""Kept connections that send raw requests: one that waits, for one after another, and one for many at once."""

import asyncio
import socket
from urllib.parse import urlsplit


class Line:
    """Waits for each answer; an event loop of who measures would stand in every time measured."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answers = self.socket.makefile("rb")

    def ask(self, request: bytes) -> int:
        """Send, read the whole answer, say its status."""
        self.socket.sendall(request)
        status = int(self.answers.readline().split(b" ", 2)[1])
        length, is_chunked = 0, False
        while (line := self.answers.readline().lower()) != b"\r\n":
            if not line:
                raise ConnectionError("The server hung up in the middle of an answer.")
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            is_chunked |= line.startswith(b"transfer-encoding:") and b"chunked" in line
        self.answers.read(length)
        while is_chunked and (size := int(self.answers.readline(), 16)):
            self.answers.read(size + 2)
        if is_chunked:
            self.answers.readline()
        return status

    def close(self) -> None:
        """Hang up."""
        self.answers.close()
        self.socket.close()


class Wire:
    """One kept connection that sends raw requests."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, host: str, port: int) -> "Wire":
        """Connect."""
        return cls(*await asyncio.open_connection(host, port))

    async def ask(self, request: bytes) -> int:
        """Send, read the whole answer, say its status."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), None)
        if length is not None:
            await self.reader.readexactly(length)
        elif any(b"chunked" in line for line in lines):
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readline()
        return int(head.split(b" ", 2)[1])
