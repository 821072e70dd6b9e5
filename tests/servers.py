"""The whole site on a real port, on the test database, for sockets and browsers: `live_site`."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.test import Client


@dataclass
class Site:
    """`url` for pages; `stop` and `start` play a restart of the server on the same port."""

    port: int
    server: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://localhost:{self.port}/ws/"

    def start(self) -> None:
        config = uvicorn.Config(
            _application(),
            host="127.0.0.1",
            port=self.port,
            ws="websockets-sansio",
            lifespan="off",
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, name="live-site", daemon=True)
        self.thread.start()
        last = time.monotonic() + 10
        while not self.server.started:
            assert time.monotonic() < last, "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        if self.server is not None and self.thread is not None:
            self.server.should_exit = True
            self.thread.join(10)
            self.server = None

    def cookie(self, member: Any) -> dict[str, str]:
        """A session cookie for a browser: `context.add_cookies([site.cookie(member)])`."""
        client = Client()
        client.force_login(member)
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.url}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _application() -> Any:
    from config import asgi
    from live.routing import sockets

    pages = ASGIStaticFilesHandler(asgi.pages)
    return ProtocolTypeRouter({"http": pages, "websocket": sockets})


@pytest.fixture
def live_site(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Pages, static files and sockets; stopped before the rows are tidied away."""
    # Playwright's loop runs in this thread; the test's own queries are still one after the other.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    site = Site(free_port())
    site.start()
    try:
        yield site
    finally:
        site.stop()
