"""Markdown → safe HTML with mentions, rendered once when written.

Open first: `render.py`; `markdown.py` says what is understood, `sanitise.py` what may leave.
"""

from dataclasses import dataclass

RENDER_VERSION = 2
"""Stored with each text; raise it when the rendering changes, so that texts rendered before can be found."""

MAX_BYTES = 60_000
"""The longest text rendered, in UTF-8."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, the ids of members mentioned, a plain excerpt of at most 300 characters, and what it holds."""

    html: str
    mentioned_ids: tuple[int, ...]
    excerpt: str
    link_count: int = 0
    """Links that lead outside."""
    picture_count: int = 0
    picture_keys: tuple[str, ...] = ()
    """Of pictures that were sent here and are shown."""
