"""Socket addresses: one, for everything, and for our own pages only."""

from typing import Any

from live.consumers import socket
from live.origin import comes_from_us, refuse

PATH = "/ws/"


async def sockets(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Open the socket, or refuse the handshake (403)."""
    opens = scope["path"] == PATH and comes_from_us(scope)
    await (socket if opens else refuse)(scope, receive, send)
