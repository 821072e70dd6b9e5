"""Fetching what somebody typed: never from our own network, never without end."""

import ipaddress
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

import pytest

from meetups import fetching
from meetups.fetching import CannotFetch, Limits, fetch, is_public

HERE = Limits(permits=lambda _: True, ports=None, seconds=1, size=1000)
BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Answers(BaseHTTPRequestHandler):
    """One server with every kind of answer."""

    def do_GET(self) -> None:
        if self.path == "/ok":
            known = self.headers.get("If-None-Match") == '"v1"'
            self.say(304 if known else 200, b"" if known else BODY, ETag='"v1"')
        elif self.path.startswith("/on/"):
            self.say(302, b"", Location=f"/on/{int(self.path[4:]) + 1}")
        elif self.path == "/to-ok":
            self.say(301, b"", Location="/ok")
        elif self.path == "/inside":
            self.say(302, b"", Location="http://127.0.0.1:1/admin")
        elif self.path == "/file":
            self.say(302, b"", Location="file:///etc/passwd")
        elif self.path == "/large":
            self.say(200, b"x" * 1001)
        elif self.path == "/packed":
            self.say(200, b"x", **{"Content-Encoding": "gzip"})
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b"x")
                self.wfile.flush()
                sleep(0.1)
        else:
            self.say(404, b"secret words of an inner page")

    def say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as httpd:
        httpd.daemon_threads = True
        Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_the_open_internet(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.ics",
        "http://localhost/x.ics",
        "webcal://[::1]/x.ics",
        "https://2130706433/x.ics",
        "http://0/x.ics",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://example.org/x.ics",
        "gopher://example.org/",
        "https://name:word@example.org/",
        "https://example.org:8080/",
        "https://",
        "x",
        "http://[",
    ],
)
def test_what_is_not_taken(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching.socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(CannotFetch):
        fetch(url)


def test_one_inner_address_among_outer_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: rows)
    monkeypatch.setattr(fetching.socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(CannotFetch, match="open internet"):
        fetch("https://rebind.example/x.ics")


def test_the_address_that_was_looked_at_is_the_one_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rpartition(":")[2])
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", port))]])
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: next(answers))
    real, went = fetching.socket.create_connection, []

    def create_connection(address: tuple[str, int], *more: object) -> object:
        went.append(address)
        monkeypatch.undo()
        return real(address, *more)

    monkeypatch.setattr(fetching.socket, "create_connection", create_connection)
    assert fetch(f"http://calendar.example:{port}/ok", limits=HERE).body == BODY
    assert went == [("127.0.0.1", port)]


def test_what_is_as_it_was_is_not_sent_again(server: str) -> None:
    first = fetch(f"{server}/to-ok", limits=HERE)
    assert (first.body, first.etag) == (BODY, '"v1"')
    assert fetch(f"{server}/ok", etag=first.etag, limits=HERE).body is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/on/1", "leads on and on"),
        ("/file", "begins with https"),
        ("/large", "more than"),
        ("/packed", "packed form"),
        ("/slow", "could not be fetched|too long"),
        ("/gone", "answers with 404"),
    ],
)
def test_no_without_end_and_no_words_from_inside(path: str, words: str, server: str) -> None:
    with pytest.raises(CannotFetch, match=words) as refusal:
        fetch(f"{server}{path}", limits=HERE)
    assert "secret words" not in str(refusal.value)


def test_each_redirect_is_looked_at(server: str) -> None:
    port = int(server.rpartition(":")[2])
    only_first = Limits(permits=lambda _: True, ports=frozenset({port}), seconds=1)
    with pytest.raises(CannotFetch, match="usual ports"):
        fetch(f"{server}/inside", limits=only_first)
