"""Only our own pages may open a socket: the browser sends cookies along from everywhere, and says where from."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host  # noqa: TID251  (a pure check of names)


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


def comes_from_us(scope: Mapping[str, Any]) -> bool:
    """Whether one of our own pages asks; one that does not say where it is from is none."""
    headers = dict(scope["headers"])
    origin, host = (headers.get(name, b"").decode("latin-1") for name in (b"origin", b"host"))
    return is_ours(origin, host)


async def refuse(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Close before accepting, which servers answer with 403."""
    await send({"type": "websocket.close"})
