"""Topics, to read: what a visitor may see and nothing else. Pages by key, never by offset."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from community.models import Group
from community.registry import labels
from forum import queries
from forum.models import Category, Post
from forum.schemas import PostOut, PostsOut, TopicOut, TopicsOut

router = Router(tags=["topics"])
PER_PAGE = 50


@router.get("", response=TopicsOut, summary="Topics")
def topics(request: HttpRequest, category: str = "", group: str = "", before: str = "") -> Any:
    """The latest talk, newest first; `category` and `group` are slugs."""
    place = get_object_or_404(Category.objects.visible_to(None), slug=category) if category else None
    peers = get_object_or_404(Group.objects.visible_to(None), slug=group) if group else None
    found = queries.lines(
        None, at=timezone.now(), category=place, group=peers, before=before, limit=PER_PAGE, with_pinned=True
    )
    return TopicsOut(items=[TopicOut.of(line.topic) for line in found.lines], next=found.older)


@router.get("/{int:number}", response=TopicOut, summary="One topic")
def topic(request: HttpRequest, number: int) -> Any:
    """A topic by its number; 404 when a visitor may not see it."""
    return TopicOut.of(get_object_or_404(queries.find(None), pk=number))


@router.get("/{int:number}/posts", response=PostsOut, summary="Posts of a topic")
def posts(request: HttpRequest, number: int, after: int = 0) -> Any:
    """Its posts in order; numbers of posts that were taken down are missing."""
    found = get_object_or_404(queries.find(None), pk=number)
    rows = Post.objects.counted().filter(topic=found, number__gt=max(after, 0))
    rows = rows.select_related("author", "topic", "answers").order_by("number")[: PER_PAGE + 1]
    page = list(rows)
    shown = page[:PER_PAGE]
    said = labels({post.author_id for post in shown}, found.category.group)
    items = [PostOut.of(post, said.get(post.author_id)) for post in shown]
    return PostsOut(items=items, next=shown[-1].number if len(page) > PER_PAGE else None)
