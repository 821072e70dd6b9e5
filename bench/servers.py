"""The production set-up on this machine: PostgreSQL, Valkey, pages on granian, sockets on uvicorn."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.services import postgres, valkey
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class SetUp:
    """Where everything is."""

    pages: str
    sockets: str
    pages_pid: int
    sockets_pid: int
    database_pid: int
    surroundings: dict[str, str]

    def manage(self, *arguments: str) -> None:
        """Run a command of the site, its words shown."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.surroundings, check=True)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{url} did not come up")


@contextmanager
def _process(command: list[str], surroundings: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _database_pid(url: str) -> int:
    with psycopg.connect(url) as connection:
        told = connection.execute("SHOW data_directory").fetchone()
    return int(Path(told[0] if told else "", "postmaster.pid").read_text().splitlines()[0])


@contextmanager
def running(size: list[str]) -> Iterator[SetUp]:
    """Everything up, migrated and loaded; gone in the end."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres.running())
        redis = stack.enter_context(valkey.running())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        pages_port, sockets_port = free_port(), free_port()
        surroundings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database,
            "REDIS_URL": redis,
            "VAR_DIR": folder,
            "SECRET_KEY": secrets.token_urlsafe(60),
            "BASE_URL": f"http://localhost:{pages_port}",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
        }
        run = [sys.executable, "manage.py"]
        for command in (
            ["migrate", "-v0"],
            ["collectstatic", "--noinput", "-v0"],
            ["make_pages"],
            ["make_load", *size],
        ):
            subprocess.run([*run, *command], cwd=ROOT, env=surroundings, check=True)
        pages = [str(BIN / "granian"), "--host", "127.0.0.1", "--port", str(pages_port), "--interface", "wsgi"]
        pages += ["--workers", "2", "--log-level", "warning", "config.wsgi:application"]
        sockets = [str(BIN / "uvicorn"), "--host", "127.0.0.1", "--port", str(sockets_port)]
        sockets += [
            "--ws",
            "websockets-sansio",
            "--ws-per-message-deflate",
            "false",
            "--lifespan",
            "off",
            "--log-level",
            "warning",
        ]
        pages_pid = stack.enter_context(_process(pages, surroundings))
        sockets_pid = stack.enter_context(_process([*sockets, "config.asgi:application"], surroundings))
        _wait(f"http://127.0.0.1:{pages_port}/bare/")
        _wait(f"http://127.0.0.1:{sockets_port}/health/live")
        yield SetUp(
            f"http://127.0.0.1:{pages_port}",
            f"ws://127.0.0.1:{sockets_port}/ws/",
            pages_pid,
            sockets_pid,
            _database_pid(database),
            surroundings,
        )
