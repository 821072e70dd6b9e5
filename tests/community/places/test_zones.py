"""Which clock a place keeps."""

from zoneinfo import ZoneInfo

import pytest

from community import places
from community.places import zones


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Leeds", "Europe/London"),
        ("LS1", "Europe/London"),
        ("Nashville, TN", "America/Chicago"),
        ("Atlanta, GA", "America/New_York"),
        ("Phoenix, AZ", "America/Phoenix"),
        ("Perth, Australia", "Australia/Perth"),
        ("Berlin", "Europe/Berlin"),
        ("Vladivostok", "Asia/Vladivostok"),
        ("Manaus", "America/Manaus"),
        ("Tokyo", "Asia/Tokyo"),
    ],
)
def test_the_clock_of_a_town(typed: str, zone: str) -> None:
    place = places.find(typed)
    assert place is not None
    assert places.zone_of(place) == zone


def test_every_clock_exists() -> None:
    names = {zone for rows in zones._zones().values() for _, _, zone in rows} | set(zones._by_region().values())
    assert {ZoneInfo(name).key for name in names} == names


def test_nowhere_has_none() -> None:
    assert places.zone_of(places.Place("Here", "", "", 0.0, 0.0)) == ""
