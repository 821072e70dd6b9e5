"""Prove the forum's counters, and repair them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.actions.recount import recount


class Command(BaseCommand):
    """`manage.py recount` repairs; `--check` only says, and fails when something differs."""

    help = "Compare the counters of topics and places with what is there; put right what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch."""
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when a counter is wrong.")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Say each difference on a line of its own."""
        found = recount(repair=not check)
        for difference in found:
            self.stdout.write(str(difference))
        if found and check:
            raise CommandError(f"{len(found)} counters are wrong. Run without --check to put them right.")
        self.stdout.write(f"{len(found)} put right." if found else "Every counter is right.")
