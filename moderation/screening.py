"""A look at what is about to be published. Word lists, floods and secrets come with the moderation issue."""

from dataclasses import dataclass
from typing import Any


class Held(Exception):  # noqa: N818  (it says the outcome)
    """The text is kept for a moderator first; the author is told."""


@dataclass(frozen=True, slots=True)
class Screened:
    """Pass, or refuse with a reason."""

    reason: str = ""

    @property
    def passes(self) -> bool:
        """Nothing speaks against it."""
        return not self.reason


MAX_LINKS_OF_NEWCOMERS = 2


def screen(*, author: Any, body: str) -> Screened:
    """Newcomers who have not yet come to a meetup write at most two links; everyone else passes."""
    if author.trust == 0 and author.attended_at is None and body.count("://") > MAX_LINKS_OF_NEWCOMERS:
        return Screened(f"Until you have been to a meetup, a text may hold {MAX_LINKS_OF_NEWCOMERS} links at most.")
    return Screened()
