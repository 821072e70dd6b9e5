"""A look at what is about to be published. Word lists, floods and secrets come with the moderation issue."""

from dataclasses import dataclass

from community.models import Member
from community.policies.trust import may_hold
from community.text import Rendered


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


def screen(*, author: Member, rendered: Rendered) -> Screened:
    """What a text holds (links, pictures, people named) must fit its author's trust."""
    return Screened(may_hold(author, rendered).reason)
