"""A topic that is full is closed, and goes on in another one: a page of a book that is turned."""

import re
from datetime import datetime

from django.utils.text import slugify

from community.text.render import render
from forum.actions import acts, tags, writing
from forum.models import Act, Post, Reading, Topic

LONGEST = 10_000
"""Posts, the numbers given out, after which a topic goes on in another."""
_PART = re.compile(r"\s*\(part (\d+)\)$")


def turn(topic: Topic, last: Post, *, at: datetime) -> Topic | None:
    """In the transaction that wrote `last`, with the topic locked: the continuation, or None while there is room."""
    if topic.last_number < LONGEST or topic.closed_at:
        return None
    # A topic that was full and opened again has one already, and is closed as before.
    part = Topic.objects.filter(continues=topic).first() or _begin(topic, last, at)
    topic.closed_at = at
    topic.save(update_fields=["closed_at"])
    acts.record(topic, Act.Kind.FULL, actor=None, at=at, other=part)
    return part


def _begin(topic: Topic, last: Post, at: datetime) -> Topic:
    author = topic.author if topic.author.departed_at is None else last.author
    title = _next(topic.title)
    part = Topic.objects.create(
        category=topic.category,
        author=author,
        title=title,
        slug=slugify(title, allow_unicode=True)[:120],
        created_at=at,
        last_posted_at=at,
        last_author=author,
        continues=topic,
        slow_seconds=topic.slow_seconds,
    )
    body = f"This goes on from [{topic.title}]({last.get_absolute_url()})."
    key = f"goes-on:{topic.pk}"
    writing.add(part, author=author, body=body, rendered=render(body), client_key=key, at=at)
    acts.record(part, Act.Kind.GOES_ON, actor=None, at=at, other=topic)
    chosen = Reading.objects.filter(topic=topic).exclude(level=Reading.Level.NORMAL)
    Reading.objects.bulk_create(
        [
            Reading(member_id=r.member_id, topic=part, level=r.level, level_reason=r.level_reason, read_at=at)
            for r in chosen
        ],
        ignore_conflicts=True,
    )
    tags.put_on(part, [row.tag for row in topic.taggings.select_related("tag").order_by("position")])
    return part


def _next(title: str) -> str:
    found = _PART.search(title)
    number = int(found[1]) + 1 if found else 2
    suffix = f" (part {number})"
    return _PART.sub("", title)[: 160 - len(suffix)] + suffix
