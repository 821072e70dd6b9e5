"""An empty database with every table, made once and copied.

All migrations take half a minute. Each run of the suite on SQLite, and each site that a browser visits, starts from a
copy instead; the file is made again when anything that shapes tables has changed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var"
SHAPE = ("*/migrations/*.py", "*/models/*.py", "config/settings/*.py", "requirements*.lock")

MAKE = """
import gc, sys, django
gc.disable()  # migrations make thousands of classes: looking through them for litter takes a fifth of the time
django.setup()
from django.db import connection
connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
connection.cursor().execute("VACUUM INTO %s", [sys.argv[1]])
"""


def lay(to: Path) -> None:
    """Put a fresh copy at `to`, whatever stood there."""
    to.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (to.with_name(f"{to.name}-wal"), to.with_name(f"{to.name}-shm")):
        leftover.unlink(missing_ok=True)
    shutil.copyfile(made(), to)


def made() -> Path:
    """The file to copy; made now where there is none yet, by one process however many ask."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"empty-{_stamp()}.sqlite3"
    with (KEPT / "empty.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in KEPT.glob("empty-*.sqlite3"):
                old.unlink()
            _make(path)
    return path


def _stamp() -> str:
    told = hashlib.sha256()
    for pattern in SHAPE:
        for file in sorted(ROOT.glob(pattern)):
            told.update(file.read_bytes())
    return told.hexdigest()[:16]


def _make(path: Path) -> None:
    surroundings = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    with tempfile.TemporaryDirectory() as home:
        part = Path(home) / path.name
        subprocess.run(
            [sys.executable, "-c", MAKE, part],
            cwd=ROOT,
            env=surroundings | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "VAR_DIR": home},
            check=True,
        )
        shutil.move(part, path)
