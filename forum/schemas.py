"""Topics and posts as programs read them. Moments are UTC, addresses are whole."""

from datetime import datetime

from django.conf import settings
from ninja import Schema

from community.registry import Label
from forum.models import Post, Topic


class TopicOut(Schema):
    """A topic as anyone may see it; `group` is the slug of the group whose place it stands in, or null."""

    id: int
    title: str
    category: str
    group: str | None
    author: str
    created_at: datetime
    last_posted_at: datetime
    posts: int
    is_closed: bool
    is_solved: bool
    url: str

    @staticmethod
    def of(topic: Topic) -> "TopicOut":
        """From the row."""
        return TopicOut(
            id=topic.pk,
            title=topic.title,
            category=topic.category.slug,
            group=topic.category.group.slug if topic.category.group else None,
            author=topic.author.shown_name,
            created_at=topic.created_at,
            last_posted_at=topic.last_posted_at,
            posts=topic.post_count,
            is_closed=topic.closed_at is not None,
            is_solved=topic.is_solved,
            url=settings.BASE_URL + topic.get_absolute_url(),
        )


class TopicsOut(Schema):
    """A page of topics; `next` is the `before` of the following page, or "" at the end."""

    items: list[TopicOut]
    next: str


class PostOut(Schema):
    """A post; `label` is what must stand beside the author's name, `answers` the number of the post it answers."""

    number: int
    author: str
    label: str | None
    text: str
    html: str
    answers: int | None
    created_at: datetime
    edited_at: datetime | None
    url: str

    @staticmethod
    def of(post: Post, label: Label | None) -> "PostOut":
        """From the row; its topic and the post it answers are there already."""
        return PostOut(
            number=post.number,
            author=post.author.shown_name,
            label=label.text if label else None,
            text=post.body,
            html=post.body_html,
            answers=post.answers.number if post.answers else None,
            created_at=post.created_at,
            edited_at=post.edited_at,
            url=settings.BASE_URL + post.get_absolute_url(),
        )


class PostsOut(Schema):
    """A page of posts in their order; `next` is the `after` of the following page, or null at the end."""

    items: list[PostOut]
    next: int | None
