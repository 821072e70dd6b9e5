"""The front for ASGI: the same pages, and nobody holds up the loop while waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any

from config.front import asking
from config.front.pages import TRIES, WAIT, Flight, Headers, Page, Pages, made_of, page_of

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
_CONDITIONS = {b"if-none-match", b"if-modified-since"}


class Front:
    """Answers visitors from what is kept; everyone else, and the first who asks, goes on to the application."""

    def __init__(self, application: Callable[..., Awaitable[None]]) -> None:
        """Nothing is kept yet."""
        self.application = application
        self.pages = Pages()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if (key := asking.of_scope(scope, told)) is not None:
            for _ in range(TRIES):
                found = self.pages.seek(key)
                page = await _awaited(found) if isinstance(found, Future) else found
                if isinstance(page, Page):
                    return await _send(page, scope, told, send)
                if isinstance(found, Flight):
                    return await self._render(found, scope, told, receive, send)
                if found is None:
                    break
        return await self.application(scope, receive, _Plain(send))

    async def _render(self, flight: Flight, scope: Message, told: dict[str, str], receive: Receive, send: Send) -> None:
        """Ask for the whole page, whatever the asker holds of it, and keep it where its view says that it may be."""
        page = None
        without = _CONDITIONS | {b"cookie"} if asking.is_for_all(flight.key.path) else _CONDITIONS
        whole = [pair for pair in scope["headers"] if pair[0] not in without]
        caught = _Caught(send, is_silent=scope["method"] == "HEAD")
        try:
            await self.application({**scope, "method": "GET", "headers": whole}, receive, caught)
            if caught.parts:
                page = page_of(flight, caught.parts, caught.headers, bytes(caught.body))
        finally:
            self.pages.land(flight, page)
        if page is not None:
            await _send(page, scope, told, send)
        elif caught.parts:
            await _answer(200, caught.headers, b"" if caught.is_silent else bytes(caught.body), send)


class _Plain:
    """Passes everything on but what the page is made of."""

    def __init__(self, send: Send) -> None:
        self.send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = _pairs(message)
            made_of(headers)
            message = {**message, "headers": _raw(headers)}
        await self.send(message)


class _Caught:
    """Holds back an answer that may be kept, passes any other on; `is_silent` leaves the body out."""

    def __init__(self, send: Send, *, is_silent: bool) -> None:
        self.send, self.is_silent = send, is_silent
        self.parts, self.body = "", bytearray()
        self.headers: Headers = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = _pairs(message)
            parts = made_of(self.headers)
            self.parts = parts if message["status"] == 200 else ""  # noqa: PLR2004  (OK)
            message = {**message, "headers": _raw(self.headers)}
        elif self.parts and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
        elif self.is_silent and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        if not self.parts:
            await self.send(message)


async def _awaited(outcome: "Future[Page | None]") -> Page | None:
    try:
        page = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(outcome)), WAIT)
    except TimeoutError:
        return None
    return page if page is not None and page.is_true() else None


async def _send(page: Page, scope: Message, told: dict[str, str], send: Send) -> None:
    if page.is_known(told.get("if-none-match", ""), told.get("if-modified-since", "")):
        return await _answer(304, page.short_headers, b"", send)
    return await _answer(200, page.headers, page.body if scope["method"] == "GET" else b"", send)


async def _answer(status: int, headers: Headers, body: bytes, send: Send) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
    await send({"type": "http.response.body", "body": body})


def _pairs(message: Message) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]]


def _raw(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
