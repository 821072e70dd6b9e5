"""Which ways of looking at a list are lit: a dozen people with a dozen topics need one, and see no tabs at all."""

from dataclasses import dataclass

from community.models import Member
from forum.queries.lists import PAGE, View

ALWAYS_SHOWN = View.LATEST
IN_LONG_LISTS = (View.TOP, View.UNANSWERED, View.MINE)
MEMBERS_ONLY = (View.NEW, View.UNREAD, View.MINE)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link above a list; `count` is how much waits behind it, 0 where that is not said."""

    view: View
    is_here: bool
    count: int = 0

    @property
    def text(self) -> str:
        """Its name."""
        return str(self.view.label)

    @property
    def url(self) -> str:
        """Within the page."""
        return "?" if self.view == ALWAYS_SHOWN else f"?view={self.view.value}"


def tabs(
    member: Member | None, *, here: View, topic_count: int, waiting: dict[int, tuple[int, int]], more: int = 0
) -> list[Tab]:
    """New and unread where something waits; the rest once there are more topics than one page holds.

    `more` counts tabs the page adds by itself. With nothing to choose from there are none.
    """
    counts = {
        View.NEW: sum(new for new, _ in waiting.values()),
        View.UNREAD: sum(unread for _, unread in waiting.values()),
    }
    is_long = topic_count > PAGE
    shown = [
        Tab(view, view == here, counts.get(view, 0))
        for view in View
        if not (member is None and view in MEMBERS_ONLY)
        and (view in {ALWAYS_SHOWN, here} or counts.get(view) or (is_long and view in IN_LONG_LISTS))
    ]
    return shown if len(shown) + more > 1 else []
