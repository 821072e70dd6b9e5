"""`::: spoiler` … `:::` folds text away until the reader asks: a native `<details>`, for any keyboard and reader."""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

NAME = "spoiler"
OPENED, CLOSED = f"container_{NAME}_open", f"container_{NAME}_close"
LONGEST_TITLE = 100


def plugin(md: MarkdownIt) -> None:
    """Teach a parser; words after the name are the line that shows."""
    container_plugin(md, NAME, render=_render)


def _render(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return "</details>\n"
    title = token.info.strip().removeprefix(NAME).strip()[:LONGEST_TITLE] or "Show what is folded away"
    return f'<details class="spoiler"><summary>{escapeHtml(title)}</summary>\n'
