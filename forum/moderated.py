"""How posts, topics and what a post said before offer themselves to be judged."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from forum.actions import history, posts, topics
from forum.models import Post, Revision, Topic
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


def find_revision(pk: int) -> Subject | None:
    """An earlier text of a post, whoever may see it; what the post says now is judged with the post."""
    rows = Revision.objects.earlier().filter(pk=pk, post__deleted_at=None)
    revision = rows.select_related("editor", "post__topic__category__group").first()
    if revision is None:
        return None
    post = revision.post
    return Subject(
        kind="revision",
        id=revision.pk,
        author=revision.editor,
        group=post.topic.category.group,
        title=f"Text {revision.number} of post {post.number} in “{post.topic.title}”",
        text="\n\n".join(filter(None, (revision.title, revision.body))),
        html="",
        url=f"{reverse('forum:history', args=[post.pk])}?before={revision.number + 1}#text-{revision.number}",
        is_hidden=revision.withheld_at is not None,
        is_past=True,
    )


def _hide_post(pk: int, at: datetime) -> None:
    posts.hide(post_id=pk, at=at)


def _restore_post(pk: int, at: datetime) -> None:
    posts.restore(post_id=pk, at=at)


def _hide_topic(pk: int, at: datetime) -> None:
    topics.hide(topic_id=pk, at=at)


def _restore_topic(pk: int, at: datetime) -> None:
    topics.restore(topic_id=pk, at=at)


def _withhold(pk: int, at: datetime) -> None:
    history.withhold(revision_id=pk, at=at)


def _give_back(pk: int, at: datetime) -> None:
    history.give_back(revision_id=pk)


def _sees_post(member: Any, pk: int) -> bool:
    return Post.objects.visible_to(member).filter(pk=pk).exists()


def _sees_topic(member: Any, pk: int) -> bool:
    return Topic.objects.visible_to(member).filter(pk=pk).exists()


def _sees_revision(member: Any, pk: int) -> bool:
    readable = Revision.objects.earlier().filter(pk=pk, withheld_at=None)
    return readable.filter(post__in=Post.objects.visible_to(member)).exists()


KINDS = (
    Kind("post", "a post", find_post, _sees_post, _hide_post, _restore_post),
    Kind("topic", "a topic", find_topic, _sees_topic, _hide_topic, _restore_topic),
    Kind("revision", "an earlier text of a post", find_revision, _sees_revision, _withhold, _give_back),
)
