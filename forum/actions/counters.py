"""Counters of topics and categories: kept in the writer's transaction, topic before category.

A post that is written is counted where it is written (`adding`).
"""

from django.db.models import F, Max

from forum.actions import tallies
from forum.models import Category, Post, Topic


def post_changed(topic: Topic, by: int) -> None:
    """A post of a locked topic went out of sight (`by` -1) or came back (1)."""
    last = (
        Post.objects.counted().filter(topic=topic).order_by("-number").values("created_at", "author", "number").first()
    )
    Topic.objects.filter(pk=topic.pk).update(
        post_count=F("post_count") + by,
        last_posted_at=last["created_at"] if last else topic.created_at,
        last_author=last["author"] if last else topic.author_id,
        last_shown_number=last["number"] if last else 0,
    )
    if by < 0:
        _let_go_of_answer(topic)
    tallies.again(topic)
    if topic.hidden_at is None and topic.deleted_at is None:
        Category.objects.filter(pk=topic.category_id).update(post_count=F("post_count") + by)
        _refresh_last(topic.category_id)


def topic_changed(topic: Topic, by: int) -> None:
    """A locked topic went out of sight with all its posts (`by` -1) or came back (1)."""
    Category.objects.filter(pk=topic.category_id).update(
        topic_count=F("topic_count") + by, post_count=F("post_count") + by * topic.post_count
    )
    _refresh_last(topic.category_id)


def _let_go_of_answer(topic: Topic) -> None:
    """What can no longer be seen answers nothing."""
    gone = Topic.objects.filter(pk=topic.pk).exclude(solved_by=None).exclude(solved_by__in=Post.objects.counted())
    gone.update(solved_by=None)


def _refresh_last(category_id: int) -> None:
    newest = Topic.objects.counted().filter(category=category_id).aggregate(at=Max("last_posted_at"))["at"]
    Category.objects.filter(pk=category_id).update(last_posted_at=newest)
