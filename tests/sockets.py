"""A tab's socket in tests: the real ASGI application, without a server."""

import json
from typing import Any, Self

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

OUR_ORIGIN = "http://testserver"


def headers(
    member: Any = None, origin: str | None = OUR_ORIGIN, client: Client | None = None
) -> list[tuple[bytes, bytes]]:
    """What a browser signed in as `member` sends with the handshake."""
    found = [(b"host", b"testserver")]
    if origin is not None:
        found.append((b"origin", origin.encode()))
    if member is not None and client is None:
        client = Client()
        client.force_login(member)
    if client is not None:
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        found.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode()))
    return found


class Tab:
    """One open tab; `ask` sends a frame and answers the frame that carries its ref."""

    def __init__(self, member: Any = None, origin: str | None = OUR_ORIGIN, client: Client | None = None) -> None:
        self.member, self.origin, self.client = member, origin, client
        self.heard: list[dict[str, Any]] = []
        self._refs = 0

    async def open(self, path: str = "/ws/") -> bool:
        from config.asgi import application

        made = await sync_to_async(headers)(self.member, self.origin, self.client)
        self.wire = WebsocketCommunicator(application, path, headers=made)
        connected, self.code = await self.wire.connect(timeout=5)
        return connected

    async def __aenter__(self) -> Self:
        assert await self.open()
        assert (await self.next())["type"] == "hello"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.wire.disconnect(timeout=5)

    async def next(self) -> dict[str, Any]:
        return json.loads(await self.wire.receive_from(timeout=5))

    async def quiet(self) -> bool:
        return await self.wire.receive_nothing(timeout=0.2)

    async def closed(self) -> int:
        """Read until the server closes; answers the code."""
        while True:
            message = await self.wire.receive_output(timeout=5)
            if message["type"] == "websocket.close":
                return message.get("code", 1000)
            self.heard.append(json.loads(message["text"]))

    async def send(self, frame: Any) -> None:
        await self.wire.send_to(text_data=frame if isinstance(frame, str) else json.dumps(frame))

    async def ask(self, type_: str, **fields: Any) -> dict[str, Any]:
        self._refs += 1
        ref = f"r{self._refs}"
        await self.send({"type": type_, "ref": ref, **fields})
        while True:
            frame = await self.next()
            if frame.get("ref") == ref:
                return frame
            self.heard.append(frame)
