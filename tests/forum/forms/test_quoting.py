"""Quotes in mails, as Markdown."""

import pytest

from community.text.render import render
from forum.forms.past.quoting import as_markdown


@pytest.mark.parametrize(
    ("mail", "markdown"),
    [
        ("Hello", "Hello"),
        ("Yes.\n\nOn Monday Ada wrote:\n> Really?\n> Sure?", "Yes."),
        ("Yes.\n\nOn Mon, 1 Jun 2015 at 10:00\nAda <ada@x.example> wrote:\n\n> Really?", "Yes."),
        ("Ada wrote:\n> Really?\nYes.\n> Sure?\n\nVery.", "Ada wrote:\n> Really?\n\nYes.\n> Sure?\n\nVery."),
        ("> Only a quote", "> Only a quote"),
        ("Words.\n-- \nAda\nByte Ltd", "Words."),
        ("--\nAda", "--\nAda"),
        (
            "Line\n=====\n# not a heading\n#include <stdio.h>",
            "Line\n\\=====\n\\# not a heading\n\\#include \\<stdio.h>",
        ),
        ("See <https://x.example/> or <ada@x.example>", "See <https://x.example/> or <ada@x.example>"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("", ""),
    ],
)
def test_what_becomes_of_a_mail(mail, markdown):
    assert as_markdown(mail) == markdown


def test_an_answer_below_a_quote_is_not_part_of_it(db):
    html = render(as_markdown("> Really?\nYes, <b>really</b>.")).html
    assert "Really?</p>\n</blockquote>\n<p>Yes, &lt;b&gt;really&lt;/b&gt;.</p>" in html
