"""What changed between two texts: put together again it is each of them, and no text keeps us busy."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.text.diff import MOST_PAIRS, NEAR, Part, _Comparison, changes

texts = st.text(st.sampled_from("ab é.\n"), max_size=120)


def said(parts: list[Part]) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in parts]


def test_words_not_letters_are_compared():
    assert said(changes("I charge double on a Sunday.\n\nSame", "I charge a flat sum on a Sunday.\n\nSame")) == [
        ("same", "I charge "),
        ("removed", "double "),
        ("added", "a flat sum "),
        ("same", "on a Sunday.\n\nSame"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "", []),
        ("a\r\nb", "a\nb", []),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        ("one\ntwo\n", "one\n", [("same", "one\n"), ("removed", "two\n")]),
    ],
)
def test_the_small_cases(before, after, parts):
    assert said(changes(before, after)) == parts


def test_a_short_word_between_two_changes_belongs_to_both():
    assert said(changes("which I now think is bad", "and I have stopped to think is bad")) == [
        ("removed", "which I now "),
        ("added", "and I have stopped to "),
        ("same", "think is bad"),
    ]


@given(texts, texts)
def test_both_texts_are_in_it(before, after):
    parts = changes(before, after)
    if before == after:
        assert parts == []
        return
    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after


def test_long_stretches_without_a_change_are_left_out_but_for_their_ends():
    before = "word " * 400
    kinds = [(part.kind, len(part.text)) for part in changes(f"{before}x{before}", f"{before}y{before}")]
    assert kinds == [
        ("left out", 2000 - NEAR),
        ("same", NEAR),
        ("removed", 6),
        ("added", 6),
        ("same", NEAR),
        ("left out", 2000 - 5 - NEAR),
    ]


def test_what_is_compared_has_a_bound():
    chance = random.Random(1)
    one, other = ("\n".join(chance.choice("abcdef ") for _ in range(25_000)) for _ in range(2))
    comparison = _Comparison()
    assert list(comparison.of_lines(one, other))
    assert comparison.left < 0
    assert [part.kind for part in changes(f"a{one}1", f"b{other}2")] == ["removed", "added"]
    assert len(one) * len(other) > MOST_PAIRS
