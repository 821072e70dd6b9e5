"""For how long a post may be changed, and when a change leaves no trace: plain data and its one reader."""

from datetime import datetime, timedelta

from community.models import Member
from community.policies.trust import is_new

GRACE = timedelta(minutes=5)
"""Putting a slip right: within this time of writing, by the same hand, while nobody has answered."""

EDIT_WINDOWS: dict[int, timedelta] = {
    Member.Trust.NEW: timedelta(days=3),
    Member.Trust.BASIC: timedelta(days=30),
}
"""By trust; a level that is not here has no end. Old posts are trusted: a stranger may not slip a link into one."""


def edit_window(member: Member) -> timedelta | None:
    """For how long after writing this member may change a post, None for ever; one evening lifts a newcomer's limit."""
    trust = member.trust if is_new(member) else max(member.trust, Member.Trust.BASIC)
    return EDIT_WINDOWS.get(trust)


def leaves_no_trace(*, written_at: datetime, is_same_hand: bool, is_answered: bool, reason: str, at: datetime) -> bool:
    """Whether a change at `at` is only a slip put right; giving a reason asks for a trace."""
    return is_same_hand and not is_answered and not reason and at - written_at <= GRACE
