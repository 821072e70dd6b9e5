"""Which clock a place most likely keeps: its state's, or that of the nearest place in its country's list of zones."""

import csv
import re
from functools import cache
from importlib.resources import files
from math import cos, hypot, radians
from pathlib import Path

from community.places.place import Place

SIGNED = re.compile(r"([+-])(\d{2,3})(\d{2})(\d{2})?(?=[+-]|$)")


def zone_of(place: Place) -> str:
    """The zone's name, "" for a country without any; near a border between zones it may be the neighbour's."""
    if zone := _by_region().get((place.country_code, place.region)):
        return zone
    zones = _zones().get(place.country_code, [])
    narrow = cos(radians(place.latitude))

    def away(zone: tuple[float, float, str]) -> float:
        return hypot(zone[0] - place.latitude, (zone[1] - place.longitude) * narrow)

    return min(zones, key=away)[2] if zones else ""


@cache
def _zones() -> dict[str, list[tuple[float, float, str]]]:
    """`zone.tab` of the time zone database: country, position in ISO 6709, name."""
    by_country: dict[str, list[tuple[float, float, str]]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, position, name, *_ = line.split("\t")
            latitude, longitude = (_degrees(match) for match in SIGNED.finditer(position))
            by_country.setdefault(code, []).append((latitude, longitude, name))
    return by_country


@cache
def _by_region() -> dict[tuple[str, str], str]:
    """Where borders between zones follow states, nearness would mislead: the clock that most of a state keeps."""
    with Path(__file__).with_name("zones.csv").open(encoding="ascii") as file:
        return {(row["country"], row["region"]): row["zone"] for row in csv.DictReader(file)}


def _degrees(match: re.Match[str]) -> float:
    sign = -1 if match[1] == "-" else 1
    return sign * (int(match[2]) + int(match[3]) / 60 + int(match[4] or 0) / 3600)
