"""Pictures for posts: sent, tied to the posts that show them, thrown away when no post does."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_hex
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform

from assets import pictures
from assets.models import Picture
from community.models import Member
from community.policies.sanctions import may_write
from community.verdicts import NotAllowed
from forum.models import Draft, Enclosure, Post
from forum.policies.pace import may_send_picture

KEPT = timedelta(hours=48)
BATCH = 100
LONGEST = 1600
"""Pixels of the longer side: enough for a screenshot of a whole desk."""


def send(*, member: Member, file: BinaryIO, size: int, words: str, at: datetime) -> Enclosure:
    """Keep a picture for a post to come, drawn anew. Raises `NotAllowed`, also for what is no usable picture."""
    may_write(member, None, at).or_refuse()
    may_send_picture(member, at).or_refuse()
    try:
        drawn = pictures.redrawn(file, name=token_hex(16), size=size, longest=LONGEST)
    except pictures.Unusable as error:
        raise NotAllowed(f"{error} Your text is as you left it.") from error
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        may_send_picture(member, at).or_refuse()
        return keep(drawn, member=member, words=words, at=at)


def keep(drawn: ContentFile, *, member: Member, words: str, at: datetime) -> Enclosure:
    """Write down a picture that passed the door, under a key of its own; in the caller's transaction."""
    title = words.strip()[:200] or "A picture in a post"
    picture = Picture.objects.create(title=title, file=drawn, uploaded_by_user=member, description=title)
    return Enclosure.objects.create(key=token_hex(16), member=member, picture=picture, sent_at=at)


def tie(post: Post, keys: Iterable[str]) -> None:
    """These pictures, and no others, are in the post; called by who writes it, under the topic's lock."""
    held = Enclosure.posts.through
    wanted = list(Enclosure.objects.filter(key__in=list(keys)).values_list("pk", flat=True))
    held.objects.filter(post=post).exclude(enclosure__in=wanted).delete()
    rows = [held(post_id=post.pk, enclosure_id=pk) for pk in wanted]
    held.objects.bulk_create(rows, ignore_conflicts=True)


def purge(at: datetime) -> int:
    """Throw away what no post and no draft shows two days after it was sent; answers how many."""
    with transaction.atomic():
        alone = Enclosure.objects.filter(~_in_a_draft(), sent_at__lt=at - KEPT, posts=None).select_related("picture")
        rows = list(alone.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
        for row in rows:
            row.picture.delete()  # takes the row along; Wagtail removes the file after the commit
    return len(rows)


def _in_a_draft() -> Exists:
    """Shown in words of its sender that wait to be posted."""
    text = Draft.objects.annotate(text=KeyTextTransform("body", "typed"))
    return Exists(text.filter(member=OuterRef("member"), text__contains=OuterRef("key")))


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: pictures in posts stay with the posts and are nobody's, others go."""
    for row in Enclosure.objects.filter(member=member, posts=None).select_related("picture"):
        row.picture.delete()
    Picture.objects.filter(pk__in=Enclosure.objects.filter(member=member).values("picture")).update(
        uploaded_by_user=None
    )
