"""What did they type: a town in any script, a postcode, "Springfield, Illinois"?"""

import logging
import re
import sqlite3
import threading
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings

from community.places.build import BIG, SHORT, VERSION, DataMissing, build
from community.places.fold import fold
from community.places.place import Place

logger = logging.getLogger(__name__)

POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})?$")
AT_THE_END = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}$", re.IGNORECASE)
LONGEST = 120
LIMIT = 6
PIECES = re.compile(r"\s*[/&+]\s*|\s+(?:and|und|et|y)\s+|-")
COLUMNS = "t.name, t.region, t.country, t.lat, t.lng, t.population, c.name"
COUNTRY = "LEFT JOIN country c ON c.code = t.country AND c.key = lower(t.country)"

_local = threading.local()
_building = threading.Lock()


def find(text: str, country: str = "GB") -> Place | None:
    """The place most likely meant, the preferred country's first; None where we know none."""
    return next(iter(search(text, country, limit=1)), None)


def search(text: str, country: str = "GB", *, limit: int = LIMIT) -> list[Place]:
    """All places of that name, the likeliest first: the preferred country's, then by the number of people."""
    text = text.strip()[:LONGEST]
    if (place := _outcode(text)) is not None:
        return [place]
    for name, qualifiers in _readings(text):
        if places := _named(name, qualifiers, country, limit):
            return places
    return []


def suggest(text: str, country: str = "GB", *, limit: int = LIMIT) -> list[Place]:
    """Places whose names begin like that, or look like it."""
    name = fold(text.split(",", maxsplit=1)[0][:LONGEST])
    if not name:
        return []
    began = _rows(
        f"SELECT {COLUMNS} FROM name n JOIN town t ON t.id = n.town {COUNTRY} WHERE n.key >= ? AND n.key < ? "  # noqa: S608  (ours)
        "ORDER BY t.country <> ?, t.population DESC LIMIT ?",
        (name, f"{name}\U0010ffff", country, limit),
    )
    return began or _alike(name, country, limit)


def hint(text: str) -> str:
    """Why a postcode is not known, and what to type instead; "" for anything else."""
    typed = re.sub(r"\s+", "", text.upper())
    if typed.startswith("BT") and POSTCODE.match(typed):
        return "We have no map of Northern Ireland's postcodes. Try your town."
    if POSTCODE.match(typed):
        return "We do not know that postcode. Try its first half, or your town."
    if any(each.isdigit() for each in typed):
        return "We know the postcodes of Great Britain only. Try your town."
    return ""


def country_names() -> dict[str, str]:
    """Names of countries by their two letters."""
    return {row[0]: row[1] for row in _fetch("SELECT code, name FROM country WHERE key = lower(code)", ())}


def country_code(name: str) -> str:
    """The two letters of a country named in any way we know, "" for none."""
    found = _fetch("SELECT code FROM country WHERE key = ?", (fold(name),))
    return found[0][0] if found else ""


def is_current(path: Path) -> bool:
    """The file stands and is of this version."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def _readings(text: str) -> list[tuple[str, list[str]]]:
    """Ways to part a name from what narrows it, the strictest first."""
    first, *rest = (part.strip() for part in re.split(r"[,;()]", text))
    qualifiers = [fold(part) for part in rest if fold(part)]
    readings = [(first, qualifiers)]
    words = first.split()
    readings += [
        (" ".join(words[:-count]), [fold(" ".join(words[-count:])), *qualifiers])
        for count in (1, 2)
        if len(words) > count
    ]
    known = [each for each in qualifiers if _means_something(each)]
    if known != qualifiers:
        readings.append((first, known))
    pieces = [piece for piece in PIECES.split(first) if fold(piece)]
    return readings + [(piece, known) for piece in pieces if len(pieces) > 1]


def _named(name: str, qualifiers: list[str], country: str, limit: int) -> list[Place]:
    """Towns of that name, narrowed by every qualifier we understand; none where a last word meant nothing."""
    where = ""
    values: list[str] = []
    for qualifier in qualifiers:
        clause, more = _narrowing(qualifier)
        where, values = where + clause, values + more
    return _rows(
        f"SELECT {COLUMNS} FROM name n JOIN town t ON t.id = n.town {COUNTRY} WHERE n.key = ?{where} "  # noqa: S608  (clauses of our own)
        "ORDER BY t.country <> ?, CASE n.rank WHEN ? THEN t.population / 50 ELSE t.population END DESC LIMIT ?",
        (fold(name), *values, country, SHORT, limit),
    )


def _narrowing(qualifier: str) -> tuple[str, list[str]]:
    """A country, a region or a county, in whatever sense fits: "Georgia" is two of them."""
    return (
        " AND (t.country IN (SELECT code FROM country WHERE key = ?)"
        " OR (t.region_key, t.country) IN (SELECT region_key, country FROM region WHERE key = ?)"
        " OR t.county_key = ? OR t.county_key LIKE '%' || ? || '%')"
    ), [qualifier] * 4


def _means_something(qualifier: str) -> bool:
    """A country or a region: that binds. Counties narrow only where they fit."""
    sql = "SELECT 1 FROM country WHERE key = ? UNION SELECT 1 FROM region WHERE key = ?"
    return bool(_fetch(sql, (qualifier, qualifier)))


def _outcode(text: str) -> Place | None:
    """The district of a British postcode, whole, its first half, or a district in several parts ("W1")."""
    whole = AT_THE_END.search(text)
    typed = re.sub(r"\s+", "", (whole[0] if whole else text).upper())
    if not (match := POSTCODE.match(typed)):
        return None
    sql = "SELECT avg(lat), avg(lng), min(town) FROM outcode WHERE code = ? OR code GLOB ? || '[A-Z]'"
    lat, lng, number = _fetch(sql, (match[1], match[1]))[0]
    if lat is None:
        return None
    town = _rows(f"SELECT {COLUMNS} FROM town t {COUNTRY} WHERE t.id = ?", (number,))  # noqa: S608  (ours)
    name, region = (town[0].name, town[0].region) if town else (match[1], "")
    return Place(name, region, "GB", lat, lng, country="United Kingdom", code=match[1])


def _alike(name: str, country: str, limit: int) -> list[Place]:
    """Towns spelled nearly so: of the preferred country, else large ones anywhere."""
    near = "n.key >= ? AND n.key < ? AND length(n.key) BETWEEN ? AND ?"
    like = (name[0], f"{name[0]}\U0010ffff", len(name) - 2, len(name) + 2)
    for where, value in (("t.country = ?", country), ("t.population > ?", BIG)):
        sql = f"SELECT DISTINCT n.key FROM name n JOIN town t ON t.id = n.town WHERE {near} AND {where}"  # noqa: S608  (ours)
        keys = [row[0] for row in _fetch(sql, (*like, value))]
        if close := get_close_matches(name, keys, n=limit, cutoff=0.75):
            return [place for key in close if (place := next(iter(_named(key, [], country, 1)), None))]
    return []


def _rows(sql: str, values: tuple[object, ...]) -> list[Place]:
    return [Place(*row) for row in dict.fromkeys(_fetch(sql, values))]


def _fetch(sql: str, values: tuple[object, ...]) -> list[tuple]:
    try:
        return _connection().execute(sql, values).fetchall()
    except DataMissing as error:
        logger.error("No place can be found: %s", error)  # noqa: TRY400  (the sentence says it all)
        return []


def _connection() -> sqlite3.Connection:
    """This thread's own, read-only; the file is built at first use where nobody did so before."""
    path = Path(settings.GAZETTEER)
    kept: tuple[Path, sqlite3.Connection] | None = getattr(_local, "kept", None)
    if kept is not None and kept[0] == path:
        return kept[1]
    with _building:
        if not is_current(path):
            build(path)
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    _local.kept = (path, connection)
    return connection
