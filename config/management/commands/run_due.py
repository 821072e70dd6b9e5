"""`manage.py run_due`: do what is due, once or (`--loop`) for good."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import due


class Command(BaseCommand):
    """Sends mail and does everything else whose time has come; safe to run twice at once."""

    help = "Do what is due: mails, lapsed holds, reminders. Once for a timer, or again and again with --loop."

    def add_arguments(self, parser: CommandParser) -> None:
        """One flag."""
        parser.add_argument("--loop", action="store_true", help="go on until stopped")

    def handle(self, **options: Any) -> None:
        """Run; with `--loop`, finish the round that is under way when asked to stop."""
        if not options["loop"]:
            self.stdout.write(f"{due.run()} done")
            return
        stop = threading.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: stop.set())
        due.loop(stop)
