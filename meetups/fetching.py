"""Fetching an address that somebody typed, without becoming their hand inside our own network.

The name is resolved once, every address of it must be public, and that very address is connected to: a name that
answers differently the second time (DNS rebinding) gains nothing. Each redirect is looked at in the same way. Size and
time have an end.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Timer
from urllib.parse import urljoin, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AGENT = "PilotLight/1.0 (calendar import)"
REDIRECTS = {301, 302, 303, 307, 308}
OK, NOT_MODIFIED = 200, 304
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class CannotFetch(Exception):  # noqa: N818  (it says the outcome)
    """Why not, for the person who typed the address; never what an inner network answered."""


def is_public(address: Address) -> bool:
    """An address of the open internet, also where it wraps another one (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(each is not None and not is_public(each) for each in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may do. Tests serve from this machine, and say so here."""

    permits: Callable[[Address], bool] = is_public
    ports: frozenset[int] | None = frozenset({80, 443})
    seconds: float = 15
    size: int = 5_000_000
    redirects: int = 4


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `body` is None where it is as it was (by `etag`)."""

    body: bytes | None
    etag: str = ""


class _Pinned(HTTPConnection):
    """A connection to one address that was looked at, whatever its name means by now."""

    def __init__(self, host: str, port: int, address: str, *, is_secure: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self.address, self.is_secure = address, is_secure

    def connect(self) -> None:
        """As the base does, but to the address; the certificate is still asked for the name."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self.line = self.sock  # the base lets go of it while the answer is still read

    def end(self) -> None:
        """Whoever waits on it stops waiting."""
        with suppress(OSError, AttributeError):
            self.line.shutdown(socket.SHUT_RDWR)


def fetch(url: str, *, etag: str = "", limits: Limits | None = None) -> Fetched:
    """What stands at an address (http, https or webcal); raises `CannotFetch`."""
    limits = limits or Limits()
    connections: list[_Pinned] = []
    late = Event()
    timer = Timer(limits.seconds, _end_all, [late, connections])
    timer.daemon = True
    timer.start()
    try:
        for _ in range(limits.redirects + 1):
            connection, target = _connection(url, limits)
            connections.append(connection)
            answer = _ask(connection, target, etag)
            if answer.status not in REDIRECTS:
                return _taken(answer, limits, late)
            url = urljoin(url, answer.headers.get("Location", ""))
        raise CannotFetch("That address leads on and on. Give the last one.")
    except (OSError, HTTPException, ValueError, UnicodeError) as error:
        raise CannotFetch("That address could not be fetched. Is it right, and open to everyone?") from error
    finally:
        timer.cancel()
        for each in connections:
            each.close()


def _end_all(late: Event, connections: list[_Pinned]) -> None:
    late.set()  # first of all: what was cut off must never look whole
    for each in connections:
        each.end()


def _connection(url: str, limits: Limits) -> tuple[_Pinned, str]:
    parts = urlsplit(url.strip())
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in {"http", "https"} or not parts.hostname:
        raise CannotFetch("Give an address that begins with https:// or webcal://.")
    if parts.username or parts.password:
        raise CannotFetch("An address with a name and a password in it is not taken.")
    port = parts.port or (443 if scheme == "https" else 80)
    if limits.ports is not None and port not in limits.ports:
        raise CannotFetch("Only the usual ports of the web are taken.")
    address = _looked_up(parts.hostname, port, limits)
    connection = _Pinned(parts.hostname, port, address, is_secure=scheme == "https", seconds=limits.seconds)
    return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _looked_up(host: str, port: int, limits: Limits) -> str:
    """The first of its addresses; none may be ours or a neighbour's."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [str(row[4][0]).partition("%")[0] for row in rows]
    if not found or not all(limits.permits(ipaddress.ip_address(each)) for each in found):
        raise CannotFetch("That address is not on the open internet.")
    return found[0]


def _ask(connection: _Pinned, target: str, etag: str) -> HTTPResponse:
    headers = {"User-Agent": AGENT, "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
    connection.request("GET", target, headers=headers | ({"If-None-Match": etag} if etag else {}))
    return connection.getresponse()


def _taken(answer: HTTPResponse, limits: Limits, late: Event) -> Fetched:
    if answer.status == NOT_MODIFIED:
        return Fetched(None)
    if answer.status != OK:
        raise CannotFetch(f"That address answers with {answer.status}. Is it right, and open to everyone?")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise CannotFetch("That address answers in a packed form that was not asked for.")
    body = bytearray()
    while piece := answer.read1(65_536):
        body += piece
        if len(body) > limits.size:
            raise CannotFetch(f"There is more than {limits.size // 1_000_000} MB at that address.")
    if late.is_set():
        raise CannotFetch("That address takes too long to answer.")
    return Fetched(bytes(body), answer.headers.get("ETag", "")[:200])
