"""Marks of Discourse in a post, and what they become."""

from datetime import UTC, datetime

import pytest

from community.text.render import render
from forum.forms.past.markup.known import Known, Person, Reading
from forum.forms.past.markup.reading import read

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KNOWN = Known({(1, 2): "post/102"}, {"anna": Person("Anna Smith", "anna@x.example"), "bo": Person("Bo_B")})


def turned(raw: str, **more) -> tuple[str, Reading]:
    reading = Reading(KNOWN, NOW, "The topic", **more)
    return read(raw, reading).replace("\ue000", "§"), reading


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            'Hi\n[quote="anna, post:2, topic:1"]\nOne\n\nTwo\n[/quote]\nYes',
            "Hi\n\n> §post/102 Anna Smith§ wrote:\n>\n> One\n>\n> Two\n\nYes",
        ),
        ('[quote="anna, post:9, topic:1"]\nx\n[/quote]', "> Anna Smith wrote:\n>\n> x"),
        ('[quote="B B, post:2, topic:7, full:true, username:bo"]x[/quote]', "> Bo\\_B wrote:\n>\n> x"),
        ("[quote=zed]x[/quote]\n\n\nAfter", "> zed wrote:\n>\n> x\n\nAfter"),
        ("[quote]x[/quote]", "> x"),
        ('[quote="zed"]\n[quote]in[/quote]\nout\n[/quote]', "> zed wrote:\n>\n> > in\n>\n> out"),
        ('[chat quote="zed;12;2022-01-01" channel="All"]\nhey\n[/chat]', "> zed wrote:\n>\n> hey"),
    ],
)
def test_quotes_say_whose_they_are(raw, expected):
    assert turned(raw)[0] == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('[details="See [this]"]\n- a\n[/details]', "::: spoiler See [this]\n- a\n:::"),
        ("[details=Log open]x[/details]", "::: spoiler Log\nx\n:::"),
        ("A [spoiler]b[/spoiler] c", "A\n\n::: spoiler\nb\n:::\n\nc"),
        ("[details]\n[spoiler]x[/spoiler]\n[/details]", ":::: spoiler\n::: spoiler\nx\n:::\n::::"),
        ("<details><summary>The <b>log</b></summary>\nx\n</details>", "::: spoiler The log\nx\n:::"),
    ],
)
def test_details_and_spoilers_fold(raw, expected):
    folded = turned(raw)[0]
    assert folded == expected
    assert render(folded).html.count("<details") == expected.count(" spoiler")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            '[date=2019-03-01 time=19:00:00 timezone="Europe/London" format="LLL"]',
            "1 March 2019, 19:00 (Europe/London)",
        ),
        ("[date=2019-03-01 time=19:00]", "1 March 2019, 19:00 (UTC)"),
        ("on [date=2019-03-02].", "on 2 March 2019."),
        (
            '[date-range from=2022-01-06T13:00 to=2022-01-08 timezone="America/New_York"]',
            "6 January 2022, 13:00 to 8 January 2022 (America/New York)",
        ),
        ("![The rack|690x400](upload://a.png)", "![The rack](upload://a.png)"),
        ("![r|690x400, 50%](https://x.example/a.png)", "![r](https://x.example/a.png)"),
        ("| ![r\\|10x10\\|thumbnail](upload://a.png) |", "| ![r](upload://a.png) |"),
        ("[a|b](https://x.example/)", "[a|b](https://x.example/)"),
        (":slight_smile: :+1:t3: :tea:", ":slightly_smiling_face: :+1: :tea:"),
        ("@anna, @bo. and @all", "§@anna§, \\@bo. and \\@all"),
        ("a@b.example https://x.example/@anna \\@anna", "a@b.example https://x.example/@anna \\@anna"),
        ('<b>a</b><br><a href="http://x.example">y</a> <server-name>', "**a**\n[y](http://x.example) <server-name>"),
        (
            "[b]a [i]b[/i][/b] [u]c[/u] [url=http://x]y[/url] [img]http://x/a[/img]",
            "**a *b*** c [y](http://x) ![](http://x/a)",
        ),
        ("[x] [ ] [note] [foo=bar](http://x) [ref]: http://x", "[x] [ ] [note] [foo=bar](http://x) [ref]: http://x"),
    ],
)
def test_small_things_become_words(raw, expected):
    said, reading = turned(raw)
    assert (said, reading.changed, reading.missed) == (expected, [], [])


@pytest.mark.parametrize(
    "code",
    [
        '```\n[quote="anna"]x[/quote] @anna :slight_smile: <b>\n```',
        "~~~~text\n```\n[spoiler]\n~~~~",
        "`[spoiler]a[/spoiler] @anna`",
        "``a ` [date=2019-03-02]``",
        "Look:\n\n    [quote]x[/quote]\n    @anna",
        "```\n[quote]never closed",
    ],
)
def test_code_stays_as_it_is(code):
    said, reading = turned(f"Before\n\n{code}")
    assert said == f"Before\n\n{code}"
    assert (reading.changed, reading.called) == ([], {})


def test_code_in_a_quote_is_quoted_and_marks_of_code_become_fences():
    assert turned("[quote]\n```\n@anna\n```\n[/quote]")[0] == "> ```\n> @anna\n> ```"
    assert turned("[code]\n[quote]\n[/code] [code]a`b[/code]")[0] == "```\n[quote]\n```\n `` a`b ``"
    assert turned('<pre><code class="lang-py">a &lt; b\n</code></pre>')[0] == "```py\na < b\n```"


def test_files_that_are_no_pictures_are_told():
    said, reading = turned("[plan.pdf|attachment](upload://p.pdf) (12.3 KB) ![|video](/uploads/v.mp4) end")
    assert said == "plan.pdf v.mp4 end"
    assert reading.missed == [
        "its file plan.pdf: only pictures are brought in",
        "its file v.mp4: only pictures are brought in",
    ]
    assert turned("![v|video](https://x.example/v.mp4)")[0] == "[v](https://x.example/v.mp4)"


@pytest.mark.parametrize(
    ("raw", "counted"),
    [
        ('[event start="2020-01-01"]\n[/event] [event start="2021-01-01"]', ["[event] … (2 times)"]),
        ("[wrap=a]x[/wrap] [list]y[/list]", ["[list] …", "[wrap] …"]),
        ('[quote="x"] never ends', ["[quote] …"]),
        ("ends [/details] without", ["[details] …"]),
        ("> [quote]\n> x\n> [/quote]", ["[quote] …"]),
        ("[date=tomorrow]", ["[date] …"]),
        ("[" * 5000, ["it is too long or too crowded to be understood, and stays as it was typed"]),
    ],
)
def test_what_is_not_known_stays_as_text_and_is_counted(raw, counted):
    said, reading = turned(raw)
    assert said == raw
    assert reading.changed == [each.replace("…", "was not understood and stays as text") for each in counted]
