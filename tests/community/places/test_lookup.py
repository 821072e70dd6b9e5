"""What people type, and where it is."""

from pathlib import Path

import pytest

from community import places
from community.places import lookup
from community.places.build import DataMissing, build


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("LS1 4AP", "LS1, Leeds"),
        ("ls14ap", "LS1, Leeds"),
        (" Ls1 ", "LS1, Leeds"),
        ("SW1A 1AA", "SW1A, London"),
        ("W1", "W1, London"),
        ("g1", "G1, Glasgow"),
        ("BS1", "BS1, Bristol"),
        ("12 Albion Street, Leeds LS1 6HX", "LS1, Leeds"),
        ("Leeds", "Leeds, England, United Kingdom"),
        ("LEEDS, UK", "Leeds, England, United Kingdom"),
        ("leeds england", "Leeds, England, United Kingdom"),
        ("Leeds, Nowhere", "Leeds, England, United Kingdom"),
        ("Hull", "Kingston upon Hull, England, United Kingdom"),
        ("newcastle", "Newcastle upon Tyne, England, United Kingdom"),
        ("King’s Lynn", "King's Lynn, England, United Kingdom"),
        ("Springfield, Illinois", "Springfield, Illinois, United States"),
        ("Springfield IL", "Springfield, Illinois, United States"),
        ("Springfield", "Springfield, Missouri, United States"),
        ("Atlanta, Georgia", "Atlanta, Georgia, United States"),
        ("Boston", "Boston, England, United Kingdom"),
        ("Boston, US", "Boston, Massachusetts, United States"),
        ("zurich", "Zürich, Zurich, Switzerland"),
        ("Zuerich", "Zürich, Zurich, Switzerland"),
        ("München", "Munich, Bavaria, Germany"),
        ("Lodz", "Łódź, Łódź Voivodeship, Poland"),
        ("東京", "Tokyo, Japan"),
        ("Москва", "Moscow, Russian Federation"),
        ("القاهرة", "Cairo, Egypt"),
        ("St. Gallen", "Sankt Gallen, Saint Gallen, Switzerland"),
        ("Minneapolis and St. Paul, Minnesota", "Minneapolis, Minnesota, United States"),
        ("Tokyo, Kantō, Japan", "Tokyo, Japan"),
    ],
)
def test_it_is_found(typed: str, label: str) -> None:
    place = places.find(typed)
    assert place is not None
    assert place.label == label


@pytest.mark.parametrize(
    "typed", ["", "   ", ",", "xyzzy", "Springfield, Japan", "BT1 1AA", "ZZ9 9ZZ", "10115", "x" * 5000, "'; DROP"]
)
def test_it_is_not_known(typed: str) -> None:
    assert places.find(typed) is None
    assert places.search(typed) == []


@pytest.mark.parametrize(
    ("typed", "latitude", "longitude"),
    [("LS1", 53.797, -1.548), ("G1", 55.859, -4.249), ("BS1", 51.453, -2.594), ("SW1A", 51.504, -0.132)],
)
def test_districts_lie_where_they_are(typed: str, latitude: float, longitude: float) -> None:
    place = places.find(typed)
    assert place is not None
    assert (place.latitude, place.longitude) == pytest.approx((latitude, longitude), abs=0.01)


def test_a_name_of_several_towns_offers_them_all_the_preferred_country_first() -> None:
    found = places.search("Boston")
    assert [place.country_code for place in found][:2] == ["GB", "US"]
    assert places.find("Boston", "US") == found[1]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Manchster", "Manchester"), ("lee", "Leeds"), ("Brighten", "Brighton"), ("Edinbrugh, UK", "Edinburgh")],
)
def test_a_slip_of_the_finger_finds_what_was_meant(typed: str, first: str) -> None:
    assert places.suggest(typed)[0].name == first


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("bt1 1aa", "Northern Ireland"),
        ("ZZ9 9ZZ", "do not know that postcode"),
        ("75001", "Great Britain only"),
        ("Xyzzy", ""),
    ],
)
def test_an_unknown_postcode_is_explained(typed: str, words: str) -> None:
    assert words in places.hint(typed)
    assert bool(places.hint(typed)) == bool(words)


def test_without_the_data_nothing_is_found_and_the_log_says_what_to_install(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.GAZETTEER = tmp_path / "none.sqlite3"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert places.find("Leeds") is None
    assert "requirements-data.lock" in caplog.text
    with pytest.raises(DataMissing):
        build(tmp_path / "none.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_not_current(tmp_path: Path) -> None:
    import sqlite3

    old = tmp_path / "old.sqlite3"
    with sqlite3.connect(old) as connection:
        connection.execute("PRAGMA user_version=0")
    assert not lookup.is_current(old)
    assert not lookup.is_current(tmp_path / "absent.sqlite3")
