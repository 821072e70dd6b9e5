"""A post that others may improve."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from forum import notices
from forum.actions import writing
from forum.models import Post
from forum.policies.standing import standing_of
from forum.policies.writing import may_make_wiki


def mark(*, actor: Member, post: Post, is_wiki: bool, at: datetime) -> None:
    """Whoever writes in the place may change the post, or no longer; may run twice. Raises `NotAllowed`."""
    may_make_wiki(standing_of(actor, post.topic.category.group, at), post).or_refuse()
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        post = topic.posts.get(pk=post.pk)
        may_make_wiki(standing_of(actor, topic.category.group, at), post).or_refuse()
        if post.is_wiki == is_wiki:
            return
        post.is_wiki = is_wiki
        post.save(update_fields=["is_wiki"])
        notices.changed(post)
