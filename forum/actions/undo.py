"""What its author took down comes back."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from forum import notices
from forum.actions import counters, writing
from forum.models import Post, Topic
from forum.policies.standing import standing_of
from forum.policies.writing import may_put_back


def put_back(*, actor: Member, post: Post, at: datetime) -> Post:
    """A removed post stands again in its place, a first one with its topic; may run twice. Raises `NotAllowed`."""
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        post = topic.posts.select_related("author", "topic").get(pk=post.pk)
        if post.deleted_at is None:
            return post
        may_put_back(standing_of(actor, topic.category.group, at), post).or_refuse()
        if post.number == 1 and topic.deleted_at == post.deleted_at:
            _with_its_topic(topic)
        post.deleted_at = None
        post.save(update_fields=["deleted_at"])
        if post.hidden_at is None:
            counters.post_changed(topic, 1)
        notices.put_back(post, topic, actor, at=at)
    return post


def _with_its_topic(topic: Topic) -> None:
    topic.deleted_at = None
    topic.save(update_fields=["deleted_at"])
    if topic.hidden_at is None:
        counters.topic_changed(topic, 1)
