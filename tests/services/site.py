"""The demo site as people run it: a process of its own, its own files, a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import empty

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 300.0


@dataclass(frozen=True, slots=True)
class Site:
    """A served demo world."""

    url: str
    folder: Path
    log: Path

    def surroundings(self) -> dict[str, str]:
        """What a command of this site must be given."""
        return _surroundings(self.folder, int(self.url.rsplit(":", 1)[1]))

    def manage(self, *arguments: str) -> str:
        """Run one of its commands; answers what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.surroundings(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _surroundings(folder: Path, port: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "BASE_URL"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PILOTLIGHT_DEMO": "1",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "HOST": "127.0.0.1",
    }


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Serve the demo world from `folder` until the end; what it printed stands in `site.log`."""
    port, log = free_port(), folder / "site.log"
    site = Site(f"http://localhost:{port}", folder, log)
    gazetteer = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "gazetteer.sqlite3"
    if gazetteer.exists() and not (folder / "gazetteer.sqlite3").exists():
        (folder / "gazetteer.sqlite3").symlink_to(gazetteer)
    if not (folder / "pilotlight.sqlite3").exists():
        empty.lay(folder / "pilotlight.sqlite3")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=_surroundings(folder, port), stdout=out, stderr=out
        )
        try:
            deadline = time.monotonic() + STARTS_WITHIN
            while not _answers(site.url):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"The demo site did not start:\n{log.read_text()[-3000:]}")
                time.sleep(0.3)
            yield site
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
