"""What was typed, taken apart."""

import pytest

from forum.search import FILTERS, Question, parse
from forum.search.filters import _NARROW
from forum.search.question import CHOICES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cash flow", Question(("cash", "flow"))),
        ('"cash flow" winter', Question(("cash flow", "winter"))),
        ("“cash flow”", Question(("cash flow",))),
        ('backup -tape -"off site"', Question(("backup",), ("tape", "off site"))),
        ("in:title backup", Question(("backup",), (), (("in", "title"),))),
        (
            "@Ada group:leeds after:2026-03 is:open",
            Question((), (), (("author", "Ada"), ("group", "leeds"), ("after", "2026-03"), ("is", "open"))),
        ),
        ("see https://x.example/a:b at 10:30", Question(("see", "https://x.example/a:b", "at", "10:30"))),
        ("- @ -- : ::", Question()),
        ("", Question()),
        (
            "one two three four five six seven eight nine",
            Question(("one", "two", "three", "four", "five", "six", "seven", "eight")),
        ),
    ],
)
def test_words_phrases_minus_and_filters(typed, meant):
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "terms", "note"),
    [
        ("size:big", ("size:big",), "“size:” is not a filter here, so “size:big” was looked for as words."),
        ("has:hat", ("has:hat",), "“has:hat” was looked for as words: there is only has:poll."),
        ("is:blue", ("is:blue",), "“is:blue” was looked for as words: there is only is:open, is:closed or is:solved."),
        ("in:post x", ("in:post", "x"), "“in:post” was looked for as words: there is only in:title."),
        ("-tape", (), "A word with a minus only takes results away. Say what to look for, too."),
    ],
)
def test_what_was_not_understood_is_said(typed, terms, note):
    asked = parse(typed)
    assert (asked.terms, asked.notes) == (terms, (note,))


def test_every_filter_is_explained_works_and_is_read_from_its_example():
    assert FILTERS.keys() == _NARROW.keys()
    assert CHOICES.keys() <= FILTERS.keys()
    for name, (example, _meaning) in FILTERS.items():
        ((read, _value),) = parse(example).filters
        assert read == name
