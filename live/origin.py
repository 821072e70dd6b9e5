"""Only our own pages may open a socket: the browser sends cookies along from everywhere, and says where from."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host  # noqa: TID251  (a pure check of names)

Asgi = Callable[[dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]


def is_ours(origin: str, host: str) -> bool:
    """The site's own address, or the very host and port the socket was asked of, if that host is allowed."""
    if origin.casefold() == settings.BASE_URL.casefold():
        return True
    try:
        parts = urlsplit(origin)
        name = parts.hostname or ""
    except ValueError:
        return False
    return parts.netloc.casefold() == host.casefold() and validate_host(name, settings.ALLOWED_HOSTS)


def own_pages_only(inner: Asgi) -> Asgi:
    """Refuse the handshake (403) when the page is somebody else's, or does not say."""

    async def checked(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        origin, host = (headers.get(name, b"").decode("latin-1") for name in (b"origin", b"host"))
        if is_ours(origin, host):
            await inner(scope, receive, send)
        else:
            await refuse(scope, receive, send)

    return checked


async def refuse(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Close before accepting, which servers answer with 403."""
    await send({"type": "websocket.close"})
