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

from bench import machine
from config.management.commands.serve import Command
from tests.services import postgres, valkey
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[1]
SOCKET_SERVERS = 2
QUIET = 0.1
"""Processor time a second, of all processes of a server together, below which it is at rest."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """Where everything is."""

    pages: str
    sockets: list[str]
    pages_pid: int
    sockets_pids: list[int]
    database_pid: int
    surroundings: dict[str, str]

    def manage(self, *arguments: str) -> None:
        """Run a command of the site, its words shown."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.surroundings, check=True)


def wait(url: str) -> None:
    """Until it answers, whatever it answers."""
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


def settled(pid: int) -> None:
    """Until all its processes have read their code and do nothing."""
    before = machine.cpu_seconds(pid)
    for _ in range(60):
        time.sleep(1)
        now = machine.cpu_seconds(pid)
        if now - before < QUIET:
            return
        before = now


def role(name: str, port: int, workers: int = 2) -> list[str]:
    """The command that `manage.py serve` becomes for this role, on this port."""
    command = Command.commands(workers)[name]
    flag = next(each for each in ("--port", "-p") if each in command)
    command[command.index(flag) + 1] = str(port)
    return command


@contextmanager
def process(command: list[str], surroundings: dict[str, str]) -> Iterator[int]:
    """A server while it is needed; its process id."""
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


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
        pages_port, sockets_ports = free_port(), [free_port() for _ in range(SOCKET_SERVERS)]
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
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        pages_pid = stack.enter_context(process(role("pages", pages_port), surroundings))
        sockets_pids = [stack.enter_context(process(role("sockets", port), surroundings)) for port in sockets_ports]
        wait(f"http://127.0.0.1:{pages_port}/bare/")
        for port in sockets_ports:
            wait(f"http://127.0.0.1:{port}/health/live")
        yield SetUp(
            f"http://127.0.0.1:{pages_port}",
            [f"ws://127.0.0.1:{port}/ws/" for port in sockets_ports],
            pages_pid,
            sockets_pids,
            _database_pid(database),
            surroundings,
        )
