"""`manage.py serve`: the production start."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import env, start

BIN = Path(sys.executable).parent
PAGES_AT_ONCE = 8
"""Pages that one process renders at the same time."""


class Command(BaseCommand):
    """Checks the surroundings, then becomes the server for one role."""

    help = "Start for production: one process for all (default), or one role of several."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which role."""
        parser.add_argument("--role", choices=["all", "pages", "sockets", "due", "tasks"], default="all")
        parser.add_argument("--workers", type=int, default=2, help="For pages: processes (default 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what is unsafe, then exec."""
        os.environ.setdefault("PILOTLIGHT_ENV", "production")
        if env.ENVIRONMENT != "production":
            self.stderr.write("PILOTLIGHT_ENV is not 'production': starting with local settings.")
        call_command("check", deploy=env.ENVIRONMENT == "production", fail_level="ERROR")
        start.surroundings_answer()
        call_command("check", databases=["default"], tags=["database"], fail_level="ERROR")
        role = options["role"]
        if role in {"all", "pages", "sockets"}:
            start.port_is_free(env.HOST, env.PORT)
        command = self.commands(options["workers"])[role]
        self.stdout.write(f"{role}: {' '.join(command[1:])}")
        self.stdout.flush()
        if role == "all":
            os.environ["DUE_WORK_IN_PROCESS"] = "1"
        os.execv(command[0], command)  # noqa: S606  (our own fixed commands)

    @staticmethod
    def commands(workers: int) -> dict[str, list[str]]:
        """Each role's command; `docs/howto/deploy.md` says when to split."""
        where = ["--host", env.HOST, "--port", str(env.PORT)]
        proxied = ["--proxy-headers"] if env.TRUSTED_PROXY_COUNT else []
        return {
            "all": [str(BIN / "daphne"), "-b", env.HOST, "-p", str(env.PORT), *proxied, "config.asgi:application"],
            "pages": [
                str(BIN / "granian"),
                *where,
                "--interface",
                "wsgi",
                "--workers",
                str(workers),
                # Fewer than the pool has connections: a rush waits its turn here, not for a connection.
                "--blocking-threads",
                str(PAGES_AT_ONCE),
                "config.wsgi:application",
            ],
            "sockets": [
                str(BIN / "uvicorn"),
                *where,
                "--ws",
                "websockets-sansio",
                "--ws-per-message-deflate",
                "false",
                "--lifespan",
                "off",
                "--log-level",
                "warning",
                "config.asgi:application",
            ],
            "due": [sys.executable, "manage.py", "run_due", "--loop"],
            "tasks": [sys.executable, "manage.py", "db_worker"],
        }
