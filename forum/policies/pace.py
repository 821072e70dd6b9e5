"""How fast may they write? A flood stops itself and nobody else notices."""

from datetime import datetime, timedelta
from math import ceil

from community.models import Member
from community.verdicts import YES, Verdict, no
from forum.models import Post

WINDOW = timedelta(minutes=5)
NEWCOMER_POSTS = 10
"""Until the first meetup."""
POSTS = 30


def posts_allowed(member: Member) -> int:
    """How many posts in `WINDOW`; having come to a meetup once lifts the newcomer's limit."""
    return NEWCOMER_POSTS if member.trust == Member.Trust.NEW and member.attended_at is None else POSTS


def may_write_now(member: Member, at: datetime) -> Verdict:
    """No when the last few posts came too close together; one query that reads no more rows than the limit."""
    allowed = posts_allowed(member)
    newest = Post.objects.filter(author=member).order_by("-id").values_list("created_at", flat=True)[:allowed]
    recent = [moment for moment in newest if at - WINDOW < moment <= at]
    if len(recent) < allowed:
        return YES
    wait = max(1, ceil((min(recent) + WINDOW - at).total_seconds()))
    return no(f"That is {allowed} posts in five minutes. Have a cup of tea and try again in {_spoken(wait)}.", wait)


def _spoken(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{ceil(seconds / 60)} minutes"  # noqa: PLR2004  (a minute and a half)
