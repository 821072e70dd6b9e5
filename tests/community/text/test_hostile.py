"""Nothing executes, nothing takes long, whatever is sent."""

import re
import time

import pytest

from community.text.render import render

SIZE = 60_000

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "![x](/media/../account/logout/)",
    "![x](/media/%2e%2e/account/logout/)",
    '![x](/media/x.png" onerror="alert(1))',
    '[x](/y "t\\" onclick=\\"alert(1)")',
    '```"><script>alert(1)</script>\nx\n```',
    "[^<script>]\n\n[^<script>]: x",
    "<details open ontoggle=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "a\x00<scr\x00ipt>alert(1)</script>",
    "| <img src=x onerror=alert(1)> |\n|-|",
    '::: spoiler <script>alert(1)</script> " ontoggle=alert(1)\nx\n:::',
    '#security" onclick="alert(1) #<script>',
    ':<script>: :tea"onload=alert(1):',
    'www.a.example/"onmouseover=alert(1)',
    "https://a.example/'><script>alert(1)</script>",
]


@pytest.mark.parametrize("flavour", ["full", "line"])
@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_executes(source: str, flavour: str) -> None:
    html = render(source, flavour=flavour).html
    opened = re.findall(r"<([a-z0-9]+)([^>]*)>", html)
    assert {tag for tag, _ in opened} <= {
        "p",
        "a",
        "br",
        "img",
        "pre",
        "code",
        "div",
        "table",
        "thead",
        "tr",
        "th",
        "sup",
        "hr",
        "section",
        "details",
        "summary",
        "ol",
        "li",
    }
    for _, attributes in opened:
        names = set(re.findall(r'([\w-]+)="[^"]*"', attributes))
        assert names <= {"href", "rel", "src", "alt", "loading", "decoding", "class", "tabindex", "title", "id"}
        for address in re.findall(r'(?:href|src)="([^"]*)"', attributes):
            assert re.match(r"(https?://|/|#)", address), address
            assert not (".." in address and "src=" in attributes)


PATHS = {
    "nested quotes": ">" * SIZE,
    "nested quotes, spaced": "> " * (SIZE // 2),
    "nested lists": "- " * (SIZE // 2),
    "deep lists": "".join("  " * i + "- a\n" for i in range(240)),
    "lists in quotes": "> - " * (SIZE // 4),
    "numbers": "1. " * (SIZE // 3),
    "brackets": "[" * SIZE,
    "pictures": "![" * (SIZE // 2),
    "links": "[a](" * (SIZE // 4),
    "cells": ("|a" * 100 + "\n" + "|-" * 100 + "\n" + ("|b" * 100 + "\n") * 300)[:SIZE],
    "rows": ("|a" * 50 + "\n" + "|-" * 50 + "\n" + "|\n" * 29_900)[:SIZE],
}


@pytest.mark.parametrize("name", PATHS)
def test_hostile_nesting_is_quick(name: str) -> None:
    began = time.process_time()
    render(PATHS[name])
    assert time.process_time() - began < 0.15


DENSE = {
    "colons": ":" * SIZE,
    "signs": ":tea:" * (SIZE // 5),
    "places": "#a1 " * (SIZE // 4),
    "folds": "::: spoiler\n" * (SIZE // 12),
    "folds just allowed": "::: spoiler\n" * 199 + "x\n" * 28_000,
    "schemes": "http://" * (SIZE // 7),
    "stars": "**a " * (SIZE // 4),
    "ampersands": "&" * SIZE,
    "at signs": "@" * SIZE,
    "addresses": "a@b.co " * (SIZE // 7),
    "www": "www." * (SIZE // 4),
    "www words": "www.a " * (SIZE // 6),
    "schemes and names": "http://a" * (SIZE // 8),
    "address without end": "a.b-" * (SIZE // 4 - 1) + "@",
    "open brackets after an address": "https://a.example/" + ")" * (SIZE - 100),
    "footnotes": "[^1]" * 3_900 + "\n\n[^1]: a",
    "code": "```python\n" + "(" * 11_000 + "\n```",
}


@pytest.mark.parametrize("name", DENSE)
def test_dense_texts_stay_linear(name: str) -> None:
    began = time.process_time()
    render(DENSE[name])
    assert time.process_time() - began < 1.5


def test_a_crowded_text_is_shown_as_typed() -> None:
    crowded = render("<b>[" * 4_001)
    assert crowded.html == f"<pre>{'&lt;b&gt;[' * 4_001}</pre>\n"
    assert crowded.mentioned_ids == ()
