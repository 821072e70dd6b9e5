"""What members may write: GFM for posts, a small part of it for a line of chat.

Raw HTML is not understood: `<server-name>` stays readable as it was typed.
"""

from collections.abc import Callable
from typing import Literal

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from community.text import autolinks, highlight, mentions, shape, signs, spoilers

Flavour = Literal["full", "line"]
"""`full` for posts and pages, `line` for chat (no headings, no tables, no images)."""

_OPTIONS = {"html": False, "breaks": True, "maxNesting": 20, "highlight": highlight.code}
_NOT_IN_A_LINE = ["heading", "lheading", "hr", "reference", "html_block", "image"]


def _full() -> MarkdownIt:
    md = MarkdownIt("commonmark", _OPTIONS | {"tasklists": True})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False).use(spoilers.plugin)
    return md


def _line() -> MarkdownIt:
    md = MarkdownIt("commonmark", _OPTIONS)
    md.enable(["strikethrough"])
    md.disable(_NOT_IN_A_LINE)
    return md


def _made(make: Callable[[], MarkdownIt]) -> MarkdownIt:
    md = make()
    md.use(autolinks.plugin).use(shape.plugin).use(mentions.plugin).use(signs.plugin)
    return md


PARSERS: dict[Flavour, MarkdownIt] = {"full": _made(_full), "line": _made(_line)}
