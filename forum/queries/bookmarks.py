"""What a member keeps, the newest first; only what they may still see."""

from dataclasses import dataclass

from community.models import Member
from community.text.numbers import whole
from forum.models import Bookmark, Post

PAGE = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of bookmarks; `older` is the cursor of the next, or ""."""

    bookmarks: list[Bookmark]
    older: str = ""


def kept_by(member: Member, *, before: str = "") -> Kept:
    """A page; one query."""
    rows = Bookmark.objects.filter(member=member, post__in=Post.objects.visible_to(member))
    rows = rows.select_related("post__author", "post__topic__category__group")
    if (last := whole(before)) is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return Kept(shown, str(shown[-1].pk) if len(found) > PAGE else "")
