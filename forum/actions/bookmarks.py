"""Keeping a post to come back to, and being reminded of it once."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from community.verdicts import no
from forum import notices
from forum.models import Bookmark, Post

MOST = 2000
"""A member may keep so many."""
BATCH = 50


def keep(*, member: Member, post: Post, note: str, remind_at: datetime | None, at: datetime) -> Bookmark:
    """Keep a post, or change its note and reminder; a new moment reminds anew. Raises `NotAllowed`."""
    if not Post.objects.visible_to(member).filter(pk=post.pk).exists():
        no("There is no such post here.").or_refuse()
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        mine = Bookmark.objects.filter(member=member)
        kept = mine.filter(post=post).first()
        if kept is None and mine.count() >= MOST:
            no(f"You keep {MOST:,} posts already. Let go of some first.").or_refuse()
        kept = kept or Bookmark(member=member, post=post, created_at=at)
        if kept.remind_at != remind_at:
            kept.remind_at, kept.reminded_at = remind_at, None
        kept.note = note
        kept.save()
    return kept


def let_go(*, member: Member, post: Post) -> None:
    """Keep it no longer."""
    Bookmark.objects.filter(member=member, post=post).delete()


def remind(at: datetime) -> int:
    """Tell of up to 50 bookmarks whose time has come; answers how many were settled. Two at once are safe.

    A post that its keeper may no longer see is settled in silence.
    """
    with transaction.atomic():
        due = Bookmark.objects.filter(remind_at__lte=at, reminded_at=None).select_related(
            "member", "post__topic__category__group"
        )
        rows = list(due.select_for_update(of=("self",), skip_locked=True).order_by("remind_at", "pk")[:BATCH])
        for row in rows:
            if Post.objects.visible_to(row.member).filter(pk=row.post_id).exists():
                notices.reminded(row, at=at)
        Bookmark.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return len(rows)


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: what they kept is nobody's business."""
    Bookmark.objects.filter(member=member).delete()
