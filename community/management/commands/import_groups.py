"""Bring in groups that meet elsewhere, from a CSV file."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community import places
from community.actions import listings
from community.actions.listings import Listed
from community.forms.listings import COLUMNS, Listing, Problem, Unreadable, read

EVERY = 1000


class Command(BaseCommand):
    """List groups with their link; they show as *listed elsewhere* until someone claims them."""

    help = f"Bring in groups that meet elsewhere, from a CSV file with the columns {','.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and under which name its groups are known."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="where the list comes from (default: the file's name)")
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    def handle(self, *, file: Path, source: str, dry_run: bool, **options: Any) -> None:
        """Read, locate offline, store, report."""
        self.problems: list[Problem] = []
        self.nowhere: list[Listing] = []
        self.linkless: list[Listing] = []
        source = (source or file.stem)[:60]
        try:
            clean = list(self._listed(read(file)))
        except Unreadable as error:
            raise CommandError(str(error)) from error
        outcome = listings.store(source=source, listings=clean, at=timezone.now(), dry_run=dry_run)
        self.located = sum(each.place is not None for each in clean)
        self._report(outcome, source, dry_run=dry_run)

    def _listed(self, rows: Iterator[Listing | Problem]) -> Iterator[Listed]:
        """Clean lines with their place, each group once; the others are noted."""
        seen: dict[str, int] = {}
        for number, row in enumerate(rows, start=1):
            if number % EVERY == 0:
                self.stdout.write(f"{number} lines…")
            if isinstance(row, Problem):
                self.problems.append(row)
            elif row.key in seen:
                self.problems.append(Problem(row.line, f"the same group as in line {seen[row.key]}"))
            else:
                seen[row.key] = row.line
                if row.bad_website:
                    self.linkless.append(row)
                place = locate(row)
                if place is None:
                    self.nowhere.append(row)
                facts = {name: getattr(row, name) for name in Listed.__slots__ if name != "place"}
                yield Listed(**facts, place=place)

    def _report(self, outcome: listings.Outcome, source: str, *, dry_run: bool) -> None:
        write = self.stdout.write
        for problem in self.problems:
            write(f"line {problem.line}: left out: {problem.why}.")
        for row in self.linkless:
            write(f"line {row.line}: kept without its link: {row.name} (“{row.bad_website}” is no web address).")
        for row in self.nowhere:
            words = ", ".join(part for part in (row.city, row.region, row.country) if part) or "no place given"
            write(f"line {row.line}: kept without a position: {row.name} ({words}).")
        for name in outcome.claimed:
            write(f"left alone, it lives here now: {name}.")
        would = "would be " if dry_run else ""
        write(
            f"{source}: {outcome.added} {would}added, {outcome.changed} {would}changed, {outcome.same} as before; "
            f"{self.located} located, {len(self.nowhere)} not; {len(self.problems)} lines left out."
        )


def locate(row: Listing) -> places.Place | None:
    """The town of a listing; a country or a state alone is no place to meet."""
    if not row.city:
        return None
    code = places.country_code(row.country) if row.country else ""
    text = ", ".join(part for part in (row.city, row.region, row.country) if part)
    return places.find(text, code or "GB")
