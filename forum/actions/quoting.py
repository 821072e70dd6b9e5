"""Texts that quote from a floor above: what is taken down there is taken down here, in earlier versions too."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from community.text import RENDER_VERSION
from community.text.render import render
from forum import notices
from forum.actions import writing
from forum.models import Post


def rewrite(*, topic_id: int, change: Callable[[str], str], at: datetime) -> None:
    """Let `change` put other words in the place of quoted ones in a topic's first post; may run twice.

    Nobody's edit: no mark, no version kept, and the versions kept before are changed alike.
    """
    with transaction.atomic():
        topic = writing.locked(topic_id)
        post = Post.objects.select_related("author").get(topic=topic, number=1)
        for revision in post.revisions.all():
            if (body := change(revision.body)) != revision.body:
                revision.body = body
                revision.save(update_fields=["body"])
        if (body := change(post.body)) == post.body:
            return
        post.body, post.body_html, post.render_version = body, render(body, author=post.author).html, RENDER_VERSION
        post.save(update_fields=["body", "body_html", "render_version"])
        notices.changed(post)
