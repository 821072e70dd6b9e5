"""Saying thanks without a post."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from forum import notices
from forum.actions import writing
from forum.models import Post, Reaction
from forum.policies import pace
from forum.policies.answering import may_react
from forum.policies.keeping import may_change
from forum.policies.standing import standing_of


def react(*, member: Member, post: Post, kind: str, is_on: bool, at: datetime) -> Post:
    """Say it, or take it back; twice is once. Answers the post with its counts. Raises `NotAllowed`."""
    may_react(standing_of(member, post.topic.category.group, at), post).or_refuse()
    if is_on:
        pace.may_react_now(member, at).or_refuse()
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        post = topic.posts.select_related("author").get(pk=post.pk)
        may_react(standing_of(member, topic.category.group, at), post).or_refuse()
        may_change(topic).or_refuse()
        if is_on:
            _, moved = Reaction.objects.get_or_create(post=post, member=member, kind=kind, defaults={"at": at})
        else:
            moved = bool(Reaction.objects.filter(post=post, member=member, kind=kind).delete()[0])
        if moved:
            _count(post, kind, 1 if is_on else -1)
            if is_on:
                notices.reacted(post, topic, member, at=at)
    return post


def forget(*, member: Member, at: datetime) -> None:
    """The member has departed: what they said by a sign goes, and the counts with it."""
    for row in Reaction.objects.filter(member=member).select_related("post").order_by("post__topic", "pk"):
        topic = writing.locked(row.post.topic_id)
        post = topic.posts.get(pk=row.post_id)
        row.delete()
        _count(post, row.kind, -1)


def _count(post: Post, kind: str, by: int) -> None:
    """Under the topic's lock."""
    count = post.reactions.get(kind, 0) + by
    post.reactions = {name: number for name, number in {**post.reactions, kind: count}.items() if number > 0}
    post.save(update_fields=["reactions"])
