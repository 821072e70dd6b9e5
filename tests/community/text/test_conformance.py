"""CommonMark and GFM: what we render equals what the specification's own renderer does, but for a reviewed list."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from community.text.render import render
from tests.community.text.examples import EXAMPLES

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/markdown.md"
# markdown-it-py passes all 652 examples of CommonMark 0.31; its own suite holds it to them.
COMMONMARK, GFM = MarkdownIt("commonmark"), MarkdownIt("gfm-like")


def by_the_book(section: str, text: str) -> str:
    """The specification's HTML, with the three differences that run through everything."""
    html = (GFM if section.startswith("gfm") else COMMONMARK).render(text)
    html = html.replace(" />", ">").replace("&quot;", '"')
    return re.sub(r"<(/?)h([1-4])>", lambda found: f"<{found[1]}h{int(found[2]) + 2}>", html).strip()


def ours(text: str) -> str:
    """Our HTML, without line breaks that were only soft ones, and without what is said of links that lead outside."""
    html = re.sub(r'(<a href="[^"]*") rel="nofollow ugc noreferrer"', r"\1", render(text).html)
    return (html if re.search(r"  \n|\\\n", text) else html.replace("<br>\n", "\n")).strip()


def test_every_difference_is_on_the_page_and_no_other() -> None:
    differ = {name for name, texts in EXAMPLES.items() if any(by_the_book(name, each) != ours(each) for each in texts)}
    documented = re.findall(r"^\| ([^|`]+?) \| ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(differ) == sorted(set(documented) - {"section", "written"})


@pytest.mark.parametrize("text", ["a\nb", "# a", "[a](https://x.example)"])
def test_the_three_that_run_through_everything_do_differ(text: str) -> None:
    assert render(text).html.strip() != COMMONMARK.render(text).strip()
