"""Texts that quote from a floor above: what is taken down there is taken down here, in earlier versions too."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from community.text import RENDER_VERSION
from community.text.render import render
from forum import notices
from forum.actions import writing
from forum.models import Post


def rewrite(*, topic_id: int, change: Callable[[str], str], at: datetime, holding: str = "") -> None:
    """Let `change` put other words in the place of quoted ones in a topic's first post; may run twice.

    With `holding` also in those posts of it that say, or once said, these words.
    Nobody's edit: no mark, no version kept, and the versions kept before are changed alike.
    """
    with transaction.atomic():
        topic = writing.locked(topic_id)
        meant = Q(number=1)
        if holding:
            meant |= Q(body__contains=holding) | Q(revisions__body__contains=holding)
        for post in Post.objects.filter(meant, topic=topic).select_related("author").distinct():
            _rewrite(post, change)


def _rewrite(post: Post, change: Callable[[str], str]) -> None:
    for revision in post.revisions.all():
        if (body := change(revision.body)) != revision.body:
            revision.body = body
            revision.save(update_fields=["body"])
    if (body := change(post.body)) == post.body:
        return
    post.body, post.body_html, post.render_version = body, render(body, author=post.author).html, RENDER_VERSION
    post.save(update_fields=["body", "body_html", "render_version"])
    notices.changed(post)
