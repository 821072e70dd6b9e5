"""`manage.py make_load`: a large, seeded world to measure on."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import load


class Command(BaseCommand):
    """Fills an empty database; the same seed gives the same world."""

    help = "Make members, topics and posts to measure on (an empty database only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much."""
        parser.add_argument("--members", type=int, default=1_000)
        parser.add_argument("--groups", type=int, default=50)
        parser.add_argument("--topics", type=int, default=20_000)
        parser.add_argument("--posts", type=int, default=400_000)
        parser.add_argument("--longest", type=int, default=2_000, help="Posts of the longest topic")
        parser.add_argument("--meetups", type=int, default=700)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, with a bar that says how far it is."""
        if options["posts"] < options["topics"]:
            raise CommandError("A topic holds at least one post: ask for as many posts as topics, or more.")
        if load.is_there():
            raise CommandError("There are topics here already. Measure on a database of its own: set DATABASE_URL.")
        size = load.Size(
            **{name: options[name] for name in ("members", "groups", "topics", "posts", "longest", "meetups", "seed")}
        )
        began = time.monotonic()
        total = size.members + size.groups + size.topics + size.posts + size.meetups
        done = 0
        for made in load.make(size, timezone.now()):
            done += made
            self.show(done, total, began)
        self.stdout.write(
            f"\n{total:,} rows in {time.monotonic() - began:.0f} s, into {settings.DATABASES['default']['NAME']}"
        )

    def show(self, done: int, total: int, began: float) -> None:
        """One line, written over itself."""
        if sys.stdout.isatty() or done == total:
            bar = "█" * (30 * done // total)
            rate = done / max(time.monotonic() - began, 0.001)
            self.stdout.write(f"\r{bar:<30} {done:,} of {total:,} ({rate:,.0f} a second) ", ending="")
            self.stdout.flush()
