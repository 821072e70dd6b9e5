"""Polls: asked again only where they can be, else listed with how they stood."""

import pytest

from forum.text.polls import parse
from tests.forum.forms.markup.test_reading import turned

BEGIN = "[poll type=regular results=always public=true chartType=bar]"
POLL = f"{BEGIN}\n# Which tea?\n* Green\n* Black\n[/poll]"
STOOD = [
    {"name": "poll", "voters": 4, "options": [{"html": "Green", "votes": 3}, {"html": "<b>Black</b>", "votes": 1}]}
]
LISTED = "**Which tea?**\n\n- Green\n- Black"


def test_an_open_one_is_asked_again_and_its_votes_are_counted_as_lost():
    said, reading = turned(f"Well:\n{POLL}\nSo?", polls=STOOD)
    assert said == "Well:\n\n::: poll Which tea?\nchoose: one\nvotes: open\n- Green\n- Black\n:::\n\nSo?"
    assert (reading.votes, reading.changed) == (4, [])


def test_its_settings_come_along():
    said, _ = turned("[poll type=ranked_choice close=2027-07-01T12:00:00.000Z results=on_close]\n1. a\n2. b\n[/poll]")
    sketch = parse(said).sketch
    assert (sketch.question, sketch.kind, sketch.is_secret, sketch.is_shown_at_end) == (
        "The topic",
        "ranked",
        True,
        True,
    )
    assert f"{sketch.closes:%d.%m. %H:%M}" == "01.07. 13:00"
    assert parse(turned("[poll type=number min=1 max=9 step=4]\n[/poll]")[0]).sketch.options == ("1", "5", "9")
    assert parse(turned("[poll type=multiple]\n* a\n* b\n[/poll]")[0]).sketch.kind == "multiple"


@pytest.mark.parametrize(
    ("raw", "more", "why"),
    [
        (POLL, {"is_closed": True}, "its votes were cast there"),
        (POLL, {"polls": [{"name": "poll", "status": "closed"}]}, "its votes were cast there"),
        (POLL.replace("results=always", "close=2020-01-01T00:00:00Z"), {}, "its votes were cast there"),
        (POLL.replace("always", "staff_only"), {}, "not everyone could vote, or see the result"),
        (POLL.replace("regular", "odd"), {}, "“odd” is no kind of poll here"),
        (POLL.replace("Black", "green"), {}, "Two choices of the poll are the same"),
    ],
)
def test_one_that_cannot_be_asked_is_a_list(raw, more, why):
    said, reading = turned(raw, **more)
    assert said == LISTED.replace("Black", "green" if "green" in raw else "Black")
    assert reading.changed == [f"its poll “Which tea?” is a list of its choices: {why}"]
    assert parse(said).sketch is None


def test_a_second_one_and_one_that_is_quoted_are_lists():
    assert turned(f"{POLL}\n\n{POLL}")[0].endswith(f":::\n\n{LISTED}")
    assert turned(f"[quote]{POLL}[/quote]")[0] == "\n".join(f"> {line}".strip() for line in LISTED.split("\n"))


def test_how_it_stood_is_said():
    assert turned(POLL, polls=STOOD, is_closed=True)[0].endswith("- Green (3 votes)\n- Black (1 vote)")
