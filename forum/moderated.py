"""How posts and topics offer themselves to be judged."""

from datetime import datetime
from typing import Any

from forum.actions import posts, topics
from forum.models import Post, Topic
from moderation.registry import Kind, Subject


def find_post(pk: int) -> Subject | None:
    """A post, whoever may see it."""
    post = Post.objects.select_related("author", "topic__category__group").filter(pk=pk, deleted_at=None).first()
    if post is None:
        return None
    return Subject(
        kind="post",
        id=post.pk,
        author=post.author,
        group=post.topic.category.group,
        title=f"Post {post.number} in “{post.topic.title}”",
        text=post.body,
        html=post.body_html,
        url=post.get_absolute_url(),
        is_hidden=post.hidden_at is not None,
    )


def find_topic(pk: int) -> Subject | None:
    """A topic with its first post, whoever may see it."""
    topic = Topic.objects.select_related("author", "category__group").filter(pk=pk, deleted_at=None).first()
    if topic is None:
        return None
    first = topic.posts.filter(number=1).first()
    return Subject(
        kind="topic",
        id=topic.pk,
        author=topic.author,
        group=topic.category.group,
        title=topic.title,
        text=first.body if first else "",
        html=first.body_html if first else "",
        url=topic.get_absolute_url(),
        is_hidden=topic.hidden_at is not None,
    )


def _hide_post(pk: int, at: datetime) -> None:
    posts.hide(post_id=pk, at=at)


def _restore_post(pk: int, at: datetime) -> None:
    posts.restore(post_id=pk, at=at)


def _hide_topic(pk: int, at: datetime) -> None:
    topics.hide(topic_id=pk, at=at)


def _restore_topic(pk: int, at: datetime) -> None:
    topics.restore(topic_id=pk, at=at)


def _sees_post(member: Any, pk: int) -> bool:
    return Post.objects.visible_to(member).filter(pk=pk).exists()


def _sees_topic(member: Any, pk: int) -> bool:
    return Topic.objects.visible_to(member).filter(pk=pk).exists()


KINDS = (
    Kind("post", "a post", find_post, _sees_post, _hide_post, _restore_post),
    Kind("topic", "a topic", find_topic, _sees_topic, _hide_topic, _restore_topic),
)
