"""Whole numbers from outside."""

import pytest

from community.text.numbers import LARGEST, whole


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("0007", 7),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1_000", None),
        (" 1", None),
        ("1.0", None),
        ("²", None),
        ("٣", None),
        ("three", None),
    ],
)
def test_only_digits_that_fit(said: str, number: int | None) -> None:
    assert whole(said) == number


@pytest.mark.parametrize(("said", "number"), [("999", 999), ("1000", None), ("0999", None)])
def test_at_most(said: str, number: int | None) -> None:
    assert whole(said, most=999) == number
