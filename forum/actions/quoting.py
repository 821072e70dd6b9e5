"""Texts that quote from a floor above: what is taken down there is taken down here, in earlier versions too."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from community.text import RENDER_VERSION
from forum import notices
from forum.actions import rendering, writing
from forum.models import Post
from forum.queries.history import hands


def rewrite(*, topic_id: int, change: Callable[[str], str], at: datetime, holding: str = "") -> None:
    """Let `change` put other words in the place of quoted ones in a topic's first post; may run twice.

    With `holding` also in those posts of it that say, or once said, these words. Posts that stood in the topic are
    followed to where they stand now.
    Nobody's edit: no mark, no version kept, and the versions kept before are changed alike.
    """
    with transaction.atomic():
        posts = Post.objects.filter(_meant(topic_id, holding)).distinct()
        held: set[int] = set()
        while wanted := {topic_id, *posts.values_list("topic", flat=True)} - held:
            for pk in sorted(wanted):
                writing.locked(pk)
            held |= wanted
        for post in posts.select_related("author", "topic__category"):
            _rewrite(post, change)


def _meant(topic_id: int, holding: str) -> Q:
    meant = Q(topic=topic_id, number=1) | Q(pointers__topic=topic_id, pointers__number=1)
    if holding:
        here = Q(topic=topic_id) | Q(pointers__topic=topic_id)
        meant |= here & (Q(body__contains=holding) | Q(revisions__body__contains=holding))
    return meant


def _rewrite(post: Post, change: Callable[[str], str]) -> None:
    for revision in post.revisions.all():
        if (body := change(revision.body)) != revision.body:
            revision.body = body
            revision.save(update_fields=["body"])
    if (body := change(post.body)) == post.body:
        return
    post.body, post.render_version = body, RENDER_VERSION
    post.body_html = rendering.html_of(post, hands([post])[post.pk])
    post.save(update_fields=["body", "body_html", "render_version"])
    notices.changed(post)
