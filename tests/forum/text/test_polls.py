"""Polls as they are written."""

from datetime import datetime

import pytest

from forum.text.polls import Sketch, Unclear, parse

POLL = "::: poll Which evening?\n- Tuesday\n- Wednesday\n:::"


@pytest.mark.parametrize(
    ("body", "text", "sketch"),
    [
        ("No poll", "No poll", None),
        (POLL, "", Sketch("Which evening?", ("Tuesday", "Wednesday"))),
        (f"Before\n\n{POLL}\n\nAfter", "Before\n\n\nAfter", Sketch("Which evening?", ("Tuesday", "Wednesday"))),
        (
            "::: poll  Q \nchoose: ranked\ncloses: 2026-12-10 20:00\nvotes: secret\nresults: after closing\n\n1. a\n2) b\n:::",
            "",
            Sketch("Q", ("a", "b"), "ranked", datetime(2026, 12, 10, 20, 0), is_secret=True, is_shown_at_end=True),
        ),
        (f"```\n{POLL}\n```", f"```\n{POLL}\n```", None),
        ("::: spoiler x\n- a\n:::", "::: spoiler x\n- a\n:::", None),
        ("::: pollen is bad\n- a\n:::", "::: pollen is bad\n- a\n:::", None),
    ],
)
def test_parse(body: str, text: str, sketch: Sketch | None) -> None:
    parsed = parse(body)
    assert (parsed.text, parsed.sketch) == (text, sketch)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("::: poll Q\n- a\n- b", "has no end"),
        ("::: poll\n- a\n- b\n:::", "Write the question"),
        ("::: poll Q\n- a\n:::", "2 to 20 choices; this one has 1"),
        ("::: poll Q\n- a\n- A\n:::", "the same"),
        (f"::: poll Q\n- a\n- {'b' * 121}\n:::", "at most 120"),
        ("::: poll Q\nwhat\n- a\n- b\n:::", "“what” in the poll is neither"),
        ("::: poll Q\nchoose: two\n- a\n- b\n:::", "one, several, ranked"),
        ("::: poll Q\ncloses: soon\n- a\n- b\n:::", "like 2026-12-10 20:00"),
        (f"{POLL}\n{POLL}", "one poll"),
    ],
)
def test_what_is_unclear_is_said(body: str, says: str) -> None:
    with pytest.raises(Unclear, match=says):
        parse(body)


def test_a_preview_shows_it() -> None:
    assert parse(POLL).shown == "\n\n**Which evening?**\n\n- [ ] Tuesday\n- [ ] Wednesday"
