"""Names of time zones."""

import pytest

from community.queries import zones


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_place_of_the_zone_database_is_known(name: str) -> None:
    assert zones.is_known(name)
    assert zones.known_or_fallback(name) == name


@pytest.mark.parametrize("name", ["", "Europe/Ledes", "europe/berlin", "localtime", "Factory", "../etc/passwd"])
def test_what_is_none_falls_back(name: str) -> None:
    assert not zones.is_known(name)
    assert zones.known_or_fallback(name) == zones.FALLBACK
