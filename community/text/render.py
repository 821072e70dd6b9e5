"""One renderer for every text a member writes."""

from typing import Any, Literal

from community.text import Rendered

Flavour = Literal["full", "line"]
"""`full` for posts and pages, `line` for chat (no headings, no tables, no images)."""


def render(source: str, *, author: Any = None, flavour: Flavour = "full") -> Rendered:
    """Render Markdown (GFM) to safe HTML; `@handle` becomes a link and its member is in `mentioned_ids`."""
    raise NotImplementedError
