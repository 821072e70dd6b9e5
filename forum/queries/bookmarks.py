"""What a member keeps, the newest first; only what they may still see."""

from dataclasses import dataclass

from community.models import Member
from forum.models import Bookmark, Post

PAGE = 30
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of bookmarks; `older` is the cursor of the next, or ""."""

    bookmarks: list[Bookmark]
    older: str = ""


def kept_by(member: Member, *, before: str = "") -> Kept:
    """A page; one query."""
    rows = Bookmark.objects.filter(member=member, post__in=Post.objects.visible_to(member))
    rows = rows.select_related("post__author", "post__topic__category__group")
    if before.isascii() and before.isdigit() and len(before) < 20:  # noqa: PLR2004
        rows = rows.filter(pk__lt=min(int(before), LARGEST_KEY))
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return Kept(shown, str(shown[-1].pk) if len(found) > PAGE else "")
