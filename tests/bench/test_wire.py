"""A line reads one answer to its end, however its length is said, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from bench.wire import Line

ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 302 Found\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n2\r\n!!\r\n0\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\n\r\n",
    b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n",
)


@contextmanager
def saying(*answers: bytes) -> Iterator[str]:
    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            for answer in answers:
                while self.rfile.readline() not in {b"\r\n", b""}:
                    pass
                self.wfile.write(answer)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_one_answer_after_another() -> None:
    with saying(*ANSWERS) as url:
        line = Line(url)
        assert [line.ask(b"GET / HTTP/1.1\r\n\r\n") for _ in ANSWERS] == [200, 302, 304, 429]
        line.close()


def test_who_hangs_up_is_not_waited_for() -> None:
    with saying(b"HTTP/1.1 200 OK\r\nContent-Le") as url:
        line = Line(url)
        with pytest.raises(ConnectionError):
            line.ask(b"GET / HTTP/1.1\r\n\r\n")
        line.close()
