"""CommonMark and GFM: what we render equals what the specifications show, but for the examples listed on the page."""

import re
from pathlib import Path

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

from community.text.render import render
from tests.community.text.examples import EXAMPLES
from tests.community.text.specification import book, examples

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/markdown.md"
COLUMNS = {"commonmark": 2, "gfm": 3, "ours": 4}
HEADINGS = {"1": "3", "2": "4", "3": "5", "4": "6", "5": "6", "6": "6"}

pytestmark = pytest.mark.django_db


def spelled(html: str) -> str:
    """HTML in one spelling: empty tags without a slash, quotes and no-break spaces as themselves."""
    return html.replace(" />", ">").replace("&quot;", '"').replace("&nbsp;", "\xa0").strip()


def by_the_book(html: str) -> str:
    """The specification's HTML, with its headings where the page says that ours are."""
    return spelled(re.sub(r"<(/?)h([1-6])>", lambda found: f"<{found[1]}h{HEADINGS[found[2]]}>", html))


def as_rendered(text: str, expected: str) -> str:
    """Our HTML without what is said of links that lead outside; where the book breaks no line, without our breaks."""
    html = re.sub(r'(<a href="[^"]*"(?: title="[^"]*")?) rel="nofollow ugc noreferrer"', r"\1", render(text).html)
    return spelled(html if "<br" in expected else html.replace("<br>\n", "\n"))


def differs(text: str, expected: str) -> bool:
    """Whether we make something else of a text than the book does."""
    return by_the_book(expected) != as_rendered(text, expected)


def listed(column: str) -> list[str]:
    """The names in one column of the page's table: a range is all its numbers, and in `tables 1, 2` both are of tables."""
    names: set[str] = set()
    for line in re.findall(r"^\| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        cells = line.split(" | ")
        if len(cells) != 5 or cells[0] == "what differs":
            continue
        for section, numbers in re.findall(r"([a-z ]*?) ?(\d[\d–, ]*)", cells[COLUMNS[column]]):
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", numbers):
                names |= {f"{section.strip()} {each}".strip() for each in range(int(first), int(last or first) + 1)}
    return sorted(names)


def test_every_example_of_commonmark() -> None:
    found = list(examples("commonmark"))
    assert "\nversion: '0.31.2'\n" in book("commonmark")
    assert len(found) == 652
    assert sorted(str(each.number) for each in found if differs(each.text, each.html)) == listed("commonmark")


def test_every_example_of_what_gfm_adds() -> None:
    found = [each for each in examples("gfm") if each.extension]
    assert len(found) == 24
    assert sorted(str(each.number) for each in found if differs(each.text, each.html)) == listed("gfm")


def test_texts_of_our_own_as_githubs_renderer_makes_them() -> None:
    options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
    differ = [
        f"{section} {number}"
        for section, texts in EXAMPLES.items()
        for number, text in enumerate(texts, 1)
        if differs(text, github_flavored_markdown_to_html(text, options))
    ]
    assert sorted(differ) == listed("ours")


def test_headings_begin_two_levels_lower_and_end_at_six() -> None:
    made = [render("#" * level + " a").html.strip() for level in range(1, 7)]
    assert made == [f"<h{level}>a</h{level}>" for level in (3, 4, 5, 6, 6, 6)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a\nb</p>"),
        ("# a", "<h1>a</h1>"),
        ("[a](https://x.example)", '<p><a href="https://x.example">a</a></p>'),
    ],
)
def test_the_three_that_run_through_everything_do_differ(text: str, html: str) -> None:
    assert render(text).html.strip() != html
