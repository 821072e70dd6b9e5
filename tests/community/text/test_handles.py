"""What a handle may be, and which look alike."""

import pytest

from community.text import handles


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("paypal", "pаypal", True),  # Cyrillic а
        ("member1", "memberl", True),
        ("modern", "modem", True),
        ("zoo", "zo0", True),
        ("scope", "ѕсоре", True),  # all Cyrillic
        ("Anna", "anna", True),
        ("ａｎｎａ", "anna", True),  # full width
        ("ivan", "iván", False),
        ("anna", "annie", False),
        ("a-b", "a_b", False),
    ],
)
def test_key(one: str, other: str, alike: bool) -> None:
    assert (handles.key(one) == handles.key(other)) is alike


def test_key_fits_its_column() -> None:
    assert len(handles.key("m" * 30)) == 60
    assert len(handles.key("\ufdfa" * 30)) == 60


@pytest.mark.parametrize(
    ("handle", "problem"),
    [
        ("anna", ""),
        ("anna-kay_2.0", ""),
        ("محمد", ""),
        ("山田さん", ""),
        ("नमस्ते", ""),
        ("a", "A handle has 2 to 30 letters or digits; this one has 1."),
        ("a" * 31, "A handle has 2 to 30 letters or digits; this one has 31."),
        ("anna b", "A handle has letters, digits and _ . - only; a space cannot be in it."),
        ("anna/b", "A handle has letters, digits and _ . - only; “/” cannot be in it."),
        ("anna\u202eb", "A handle has letters, digits and _ . - only; “\u202e” cannot be in it."),
        ("-anna", "A handle begins and ends with a letter or a digit."),
        ("anna.", "A handle begins and ends with a letter or a digit."),
        (
            "pаypal",
            "This handle mixes Cyrillic and Latin letters and could imitate somebody else. Please keep to one alphabet.",
        ),
        ("admin", "“admin” could be taken for the site itself. Please choose another handle."),
        ("rnoderator", "“rnoderator” could be taken for the site itself. Please choose another handle."),
        ("former-7", "“former-7” could be taken for the site itself. Please choose another handle."),
    ],
)
def test_problem(handle: str, problem: str) -> None:
    assert handles.problem(handle) == problem


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Anna Kay", "anna-kay"),
        ("  Jürgen  Müller ", "jürgen-müller"),
        ("O'Brien", "o-brien"),
        ("محمد علي", "محمد-علي"),
        ("Анна Smith", "анна"),
        ("Admin", "newcomer"),
        ("!!", "newcomer"),
        ("", "newcomer"),
        ("A" * 80, "a" * 26),
    ],
)
def test_suggest(name: str, handle: str) -> None:
    assert handles.suggest(name) == handle
    assert handles.problem(handle) == ""
