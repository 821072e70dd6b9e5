"""`manage.py demo`: everything from nothing to a served demo world."""

import gc
import shutil
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import env, start
from config.demo import people, world


class Command(BaseCommand):
    """Prepares what is missing, prints how to sign in, serves pages and sockets in this process."""

    help = "Serve the demo world (PILOTLIGHT_DEMO=1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Afresh, or without serving."""
        parser.add_argument("--reset", action="store_true", help="Throw the demo's data away first")
        parser.add_argument("--no-serve", action="store_true", help="Only prepare")

    def handle(self, *args: Any, **options: Any) -> None:
        """Step by step, each with its time; steps that are done already cost nothing."""
        if not settings.DEMO:
            raise CommandError(
                "The demo has accounts whose password everyone knows. Set PILOTLIGHT_DEMO=1 to say you mean it."
            )
        began = time.monotonic()
        if not options["no_serve"]:
            start.port_is_free(env.HOST, env.PORT)
        if options["reset"]:
            self.reset()
        self.step("Tables", self.migrate)
        self.step("Static files", self.collect_static)
        self.step("Places", lambda: call_command("build_gazetteer", verbosity=0))
        self.step("The demo world", world.build)
        self.stdout.write(f"Ready in {time.monotonic() - began:.1f} s.\n\n")
        self.greet()
        if not options["no_serve"]:
            self.serve()

    def step(self, name: str, work: Callable[[], Any]) -> None:
        """Say what is done and how long it took."""
        self.stdout.write(f"  {name} … ", ending="")
        self.stdout.flush()
        began = time.monotonic()
        work()
        self.stdout.write(f"{time.monotonic() - began:.1f} s")

    def reset(self) -> None:
        """Empty the database (SQLite only: another database is not ours to drop) and the files."""
        place = settings.DATABASES["default"]
        if not place["ENGINE"].endswith("sqlite3"):
            raise CommandError("RESET only empties the demo's own SQLite file. Empty this database by hand.")
        for end in ("", "-wal", "-shm"):
            Path(f"{place['NAME']}{end}").unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        self.stdout.write("  The demo's data is gone.")

    @staticmethod
    def migrate() -> None:
        """Only when something is missing: looking costs less than running."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            gc.disable()  # it makes thousands of classes: looking through them for litter takes a fifth of the time
            call_command("migrate", verbosity=0, interactive=False)
            gc.enable()

    @staticmethod
    def collect_static() -> None:
        """Only when a source file is newer than the manifest."""
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        sources = (each.stat().st_mtime for each in (settings.BASE_DIR / "static").rglob("*") if each.is_file())
        locks = (settings.BASE_DIR / "requirements.lock").stat().st_mtime
        if not manifest.exists() or max([locks, *sources]) > manifest.stat().st_mtime:
            call_command("collectstatic", verbosity=0, interactive=False)

    def greet(self) -> None:
        """The address, and who can sign in."""
        self.stdout.write(f"Pilot Light is at {env.BASE_URL}\n\nSign in with the password {people.PASSWORD} as")
        for address, role in people.SIGN_IN.items():
            self.stdout.write(f"  {address:<26} {role}")
        self.stdout.write("\nStop with Ctrl+C. `make demo RESET=1` starts afresh.\n")
        self.stdout.flush()

    @staticmethod
    def serve() -> None:
        """Daphne, in this process: pages, sockets, and due work in a thread."""
        settings.DUE_WORK_IN_PROCESS = True
        from daphne.server import Server

        from config.asgi import application

        endpoint = f"tcp:port={env.PORT}:interface={env.HOST.replace(':', chr(92) + ':')}"
        Server(application=application, endpoints=[endpoint], signal_handlers=True).run()
