"""Bring your past: topics of a Discourse forum, or the archive of a mailing list."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from forum.actions import claiming
from forum.actions.importing import Import
from forum.actions.said import Outcome, Problem
from forum.forms.past import Unreadable, discourse, letters
from forum.models import Category

SHOWN = 50
"""So many problems are said one by one."""


class Command(BaseCommand):
    """Safe to run again, and after it was cut off: what is here already stays as it is."""

    help = (
        "Bring in a Discourse export (.json, or a folder of them) or a mailing list's archive (.mbox). Nobody is told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, where to, and under which name it is known."""
        parser.add_argument("file", type=Path, help="a .json file, a folder of .json files, or an mbox")
        parser.add_argument("--category", required=True, help="the place it goes to, by the last part of its address")
        parser.add_argument("--source", default="", help="the name this past is known by (default: the file's name)")
        parser.add_argument(
            "--uploads",
            type=Path,
            help="the folder of a Discourse forum's uploads (default: “uploads” beside the export, if there is one)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read everything, say what would come, change nothing"
        )

    def handle(
        self, *, file: Path, category: str, source: str, uploads: Path | None, dry_run: bool, **options: Any
    ) -> None:
        """Read, bring in, report."""
        place = Category.objects.select_related("group").filter(slug=category).first()
        if place is None:
            raise CommandError(f"There is no place “{category}”. Its name stands in its address: /forum/c/<name>/.")
        if not file.exists():
            raise CommandError(f"There is no {file}.")
        if uploads is not None and not uploads.is_dir():
            raise CommandError(f"There is no folder {uploads}.")
        is_export = file.is_dir() or file.suffix == ".json"
        at = timezone.now()
        if not dry_run:
            claiming.claim(at)
        work = Import(source=(source or file.stem)[:80], category=place, at=at, dry_run=dry_run)
        try:
            total, things = discourse.read(file, uploads, at=at) if is_export else letters.read(file)
            began = time.monotonic()
            for done, _ in enumerate(work.bring(things), start=1):
                if done % 50 == 0 or done == total:
                    self.show(done, total, began)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        self.report(work.outcome, work.source, dry_run=dry_run)

    def show(self, done: int, total: int, began: float) -> None:
        """One line, written over itself; in a log only the last."""
        if self.stdout.isatty() or done == total:
            bar = "█" * (30 * done // max(total, 1))
            rate = done / max(time.monotonic() - began, 0.001)
            self.stdout.write(f"\r{bar:<30} {done:,} of {total:,} ({rate:,.0f} a second) ", ending="")
            self.stdout.flush()

    def report(self, outcome: Outcome, source: str, *, dry_run: bool) -> None:
        """What came, what did not, and why."""
        would = "would be " if dry_run else ""
        self.stdout.write("")
        out = [problem for problem in outcome.problems if problem.is_left_out]
        self.tell("left out", out)
        self.tell("changed", [problem for problem in outcome.problems if not problem.is_left_out])
        self.stdout.write(
            f"{source}: {outcome.posts} posts in {outcome.topics} new topics {would}brought in, "
            f"{outcome.same} were here; {len(outcome.members)} authors are members, "
            f"{len(outcome.stand_ins)} are not yet; {len(out)} left out."
        )
        if outcome.pictures:
            self.stdout.write(f"Pictures {would}brought in: {outcome.pictures}.")
        if len(outcome.places) > 1:
            self.stdout.write(f"Left behind: categories: {len(outcome.places)}; the place you named holds them all.")
        for kind, number in sorted(outcome.lost.items()):
            self.stdout.write(f"Left behind: {kind}: {number}.")

    def tell(self, what: str, problems: list[Problem]) -> None:
        """One by one, as many as are read."""
        for problem in problems[:SHOWN]:
            self.stdout.write(f"{what}: {problem}.")
        if len(problems) > SHOWN:
            self.stdout.write(f"and {len(problems) - SHOWN} more {what}.")
