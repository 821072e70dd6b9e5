"""The whole site as `deploy/` runs it: nginx with TLS, pages on granian, sockets on uvicorn, a real Redis."""

import asyncio
import os
import re
import secrets
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import websockets
from django.db import connection

from tests import proxy
from tests.proxy import HOST, Proxy
from tests.services import valkey
from tests.services.deploy_check import surroundings
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[2]
CONF = (ROOT / "deploy/nginx/pilotlight.conf").read_text()

pytestmark = [
    pytest.mark.servers,
    pytest.mark.postgres,  # as a server has it
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
]


@contextmanager
def served(role: str, told: dict[str, str]) -> Iterator[int]:
    """One role of the production start; its port."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--role", role]
    with subprocess.Popen(command, cwd=ROOT, env={**told, "HOST": "127.0.0.1", "PORT": str(port)}) as process:
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    probe = urllib.request.Request(f"http://127.0.0.1:{port}/health/live", headers={"Host": HOST})
    last = time.monotonic() + 90
    while time.monotonic() < last:
        assert process.poll() is None, "the server fell over at once"
        try:
            urllib.request.urlopen(probe, timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Everything a server has, on the test database; in CI nginx must be there."""
    if proxy.NGINX is None and not os.environ.get("CI"):
        pytest.skip("nginx is not on this machine")
    home = tmp_path_factory.mktemp("whole")
    with ExitStack() as stack:
        redis = stack.enter_context(valkey.own())
        told = surroundings(
            SECRET_KEY=secrets.token_urlsafe(60),
            BASE_URL=f"https://{HOST}",
            ALLOWED_HOSTS=HOST,
            VAR_DIR=str(home),
            DATABASE_URL=database_url(),
            REDIS_URL=redis.url,
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        gather = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        quick = {**told, "PILOTLIGHT_DEMO": "1", "PILOTLIGHT_ENV": "local"}  # the same names, not compressed
        subprocess.run(gather, cwd=ROOT, env=quick, check=True)
        pages, sockets = (stack.enter_context(served(role, told)) for role in ("pages", "sockets"))
        yield stack.enter_context(proxy.running(CONF, home, {"8001": pages, "8002": sockets}))


def database_url() -> str:
    """The test database, for another process."""
    found = connection.settings_dict
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def test_a_page_comes_through_with_what_keeps_it_safe(site: Proxy) -> None:
    status, headers, body = site.get("/groups/")
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000; includeSubDomains; preload")
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    style = re.search(r'href="(/static/site/css/site\.[0-9a-f]+\.css)"', body)
    assert style is not None
    status, headers, _ = site.get(style[1])
    assert (status, headers["Content-Type"]) == (200, "text/css")
    assert headers.get_all("Cache-Control") == ["max-age=315360000", "public, immutable"]


def test_cookies_are_bound_to_the_host(site: Proxy) -> None:
    status, headers, _ = site.get("/account/login/")
    assert status == 200
    cookie = next(each for each in headers.get_all("Set-Cookie") or [] if each.startswith("__Host-csrf="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_a_socket_opens_for_our_own_pages_only(site: Proxy) -> None:
    async def first_frame(origin: str) -> str:
        trust = ssl.create_default_context(cafile=str(site.home / "cert.pem"))
        async with websockets.connect(
            f"wss://{HOST}/ws/", host="127.0.0.1", port=site.https_port, ssl=trust, origin=origin
        ) as wire:
            return str(await asyncio.wait_for(wire.recv(), 15))

    assert '"type":"hello"' in asyncio.run(first_frame(f"https://{HOST}"))
    with pytest.raises(websockets.InvalidStatus) as refused:
        asyncio.run(first_frame("https://elsewhere.example"))
    assert refused.value.response.status_code == 403


def test_the_site_says_it_is_well(site: Proxy) -> None:
    status, _, body = site.get("/health/ready")
    assert (status, '"ok"' in body or "true" in body) == (200, True), body
