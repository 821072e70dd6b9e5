"""What `deploy/` holds is what systemd and nginx take, and what the site expects of them."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.management.commands.serve import Command
from tests import proxy
from tests.proxy import Proxy

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
CONF = (DEPLOY / "nginx/pilotlight.conf").read_text()
EXEC = re.compile(r"^ExecStart=/opt/pilotlight/\.venv/bin/python (manage\.py serve --role (\w+))$", re.MULTILINE)
ANALYSE = shutil.which("systemd-analyze")


def found(pattern: str) -> set[str]:
    return set(re.findall(pattern, CONF))


def test_each_role_has_its_unit() -> None:
    actions = Command().create_parser("manage.py", "serve")._actions
    roles = next(action.choices for action in actions if action.dest == "role")
    assert sorted(EXEC.findall(unit.read_text())[0][1] for unit in UNITS) == sorted(roles or [])


def test_ports_of_units_are_those_nginx_sends_to() -> None:
    ports = {
        unit.stem.replace("-", "_"): port
        for unit in UNITS
        for port in re.findall(r"^Environment=HOST=127\.0\.0\.1 PORT=(\d+)$", unit.read_text(), re.MULTILINE)
    }
    assert ports.pop("pilotlight") == "8000"
    assert dict(re.findall(r"upstream (\w+) \{\s+server 127\.0\.0\.1:(\d+);", CONF)) == ports


def test_nginx_names_only_what_it_defines() -> None:
    assert found(r"proxy_pass http://(\w+);") == found(r"upstream (\w+) \{")
    zones = found(r"limit_(?:req|conn)_zone \S+ zone=(\w+):")
    assert found(r"limit_req zone=(\w+)") | found(r"limit_conn (\w+) ") == zones


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    if ANALYSE is None:
        pytest.skip("systemd-analyze is not on this machine")
    ours = tmp_path / unit.name
    ours.write_text(EXEC.sub(rf"ExecStart={sys.executable} \1", unit.read_text()))
    said = subprocess.run([ANALYSE, "verify", "--man=no", str(ours)], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx with our configuration, a stylesheet and an upload."""
    if proxy.NGINX is None:
        pytest.skip("nginx is not on this machine")
    home = tmp_path_factory.mktemp("nginx")
    for name, words in {"static/site.0a1b2c.css": "a {}", "media/avatar.html": "<p>Not a page</p>"}.items():
        (home / name).parent.mkdir()
        (home / name).write_text(words)
    with proxy.running(CONF, home) as running:
        yield running


FORGED = {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.9"}


@pytest.mark.parametrize(
    ("path", "server", "connection"),
    [("/health/live", "pages", None), ("/account/login/", "pages", None), ("/ws/", "sockets", "upgrade")],
)
def test_each_request_arrives_where_it_should_with_what_is_true(
    site: Proxy, path: str, server: str, connection: str | None
) -> None:
    status, _, body = site.get(path, **FORGED)
    got = json.loads(body)
    names = ("host", "x-forwarded-proto", "x-forwarded-for", "connection")
    assert (status, got["server"], got["path"]) == (200, server, path)
    assert [got["headers"].get(name) for name in names] == [proxy.HOST, "https", "127.0.0.1", connection]


def test_a_socket_is_asked_for_by_its_upgrade(site: Proxy) -> None:
    _, _, body = site.get("/ws/", Upgrade="websocket", Connection="Upgrade")
    assert json.loads(body)["headers"]["upgrade"] == "websocket"


def test_plain_http_is_led_to_https(site: Proxy) -> None:
    status, headers, _ = site.get("/groups/?near=Leeds", tls=False)
    assert (status, headers["Location"]) == (301, f"https://{proxy.HOST}/groups/?near=Leeds")


def test_static_files_are_kept_for_good(site: Proxy) -> None:
    status, headers, body = site.get("/static/site.0a1b2c.css")
    assert (status, headers["Content-Type"], body) == (200, "text/css", "a {}")
    assert headers.get_all("Cache-Control") == ["max-age=315360000", "public, immutable"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_upload_can_do_nothing(site: Proxy) -> None:
    status, headers, _ = site.get("/media/avatar.html")
    assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("path", ["/media/../nginx.conf", "/media../nginx.conf", "/static/%2e%2e/nginx.conf"])
def test_nothing_beside_the_two_folders_is_served(site: Proxy, path: str) -> None:
    status, _, body = site.get(path)
    assert (status, json.loads(body)["server"]) == (200, "pages")  # an address like any other, for the site to refuse


def test_it_does_not_say_which_nginx_it_is(site: Proxy) -> None:
    assert site.get("/static/nothing.css")[1]["Server"] == "nginx"


def test_who_asks_too_often_is_told_so_and_when_to_come_back(site: Proxy) -> None:
    answers = [site.get("/account/login/") for _ in range(30)]
    assert [status for status, _, _ in answers[:15]] == [200] * 15
    status, headers, body = answers[-1]
    assert (status, headers["Retry-After"], headers["Content-Type"]) == (429, "5", "text/plain; charset=utf-8")
    assert (headers["Cache-Control"], "A little slower" in body) == ("no-store", True)
