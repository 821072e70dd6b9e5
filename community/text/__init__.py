"""Markdown → safe HTML with mentions, rendered once when written."""

from dataclasses import dataclass

RENDER_VERSION = 1
"""Stored with each text; raise it when the rendering changes, then run `manage.py render_again`."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, the ids of members mentioned, and a plain excerpt of at most 300 characters."""

    html: str
    mentioned_ids: tuple[int, ...]
    excerpt: str
