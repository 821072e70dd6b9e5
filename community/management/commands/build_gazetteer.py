"""Build the gazetteer up front, so that the first visitor need not wait."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.places import lookup
from community.places.build import DataMissing, build


class Command(BaseCommand):
    """Write `var/gazetteer.sqlite3`; harmless when it stands already."""

    help = "Build the gazetteer of towns and postcodes (a few seconds). Does nothing when it is up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Again, though it stands."""
        parser.add_argument("--again", action="store_true", help="build it even if it is up to date")

    def handle(self, *, again: bool, **options: Any) -> None:
        """Build it where needed."""
        path = Path(settings.GAZETTEER)
        if lookup.is_current(path) and not again:
            self.stdout.write(f"{path} is up to date.")
            return
        try:
            towns, outcodes = build(path)
        except DataMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {towns} towns, {outcodes} outcodes.")
