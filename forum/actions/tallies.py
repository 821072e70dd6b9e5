"""Keeps the tallies "top" is read from: one more with each post, counted afresh when something went out of sight."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection

from community.actions.at_once import Change
from forum.models import Post, Tally, Topic
from forum.models.tally import first_day

_ONE_MORE = """
INSERT INTO forum_tally (topic_id, span, starts_on, posts) VALUES (%s, %s, %s, 1), (%s, %s, %s, 1), (%s, %s, %s, 1)
ON CONFLICT (topic_id, span, starts_on) DO UPDATE SET posts = forum_tally.posts + 1
"""

Key = tuple[int, str, date]
"""Topic, span, first day."""


def keys_of(topic_id: int, moment: datetime) -> list[Key]:
    """The three tallies a post written at `moment` counts in."""
    return [(topic_id, span.value, first_day(span, moment)) for span in Tally.Span]


def one_more(topic_id: int, moment: datetime) -> Change:
    """A post more in a locked topic."""
    keys = keys_of(topic_id, moment)
    return Change(_ONE_MORE, [part for topic, span, day in keys for part in (topic, span, _adapted(day))])


def again(topic: Topic) -> None:
    """Count a locked topic afresh: a post of it went out of sight, came back, or moved."""
    Tally.objects.filter(topic=topic).delete()
    real = count(Post.objects.counted().filter(topic=topic).values_list("topic", "created_at"))
    Tally.objects.bulk_create(_row(key, posts) for key, posts in real.items())


def count(written: Iterable[tuple[int, datetime]]) -> Counter[Key]:
    """The tallies of posts, each given as (topic, moment)."""
    return Counter(key for topic_id, moment in written for key in keys_of(topic_id, moment))


def differences(*, repair: bool) -> Iterator[tuple[Key, int, int]]:
    """Every tally that is wrong, as (key, kept, real); with `repair` it is right afterwards."""
    seen = Post.objects.counted().order_by("pk").values_list("topic", "created_at")
    real = count(seen.iterator(chunk_size=5000))
    rows = Tally.objects.order_by("pk").values_list("topic", "span", "starts_on", "posts")
    kept = {(topic, span, day): posts for topic, span, day, posts in rows.iterator(chunk_size=5000)}
    wrong = sorted(key for key in real.keys() | kept.keys() if kept.get(key, 0) != real[key])
    if repair:
        Tally.objects.bulk_create((_row(key, real[key]) for key in wrong if key not in kept), batch_size=1000)
        for topic, span, day in kept.keys() & set(wrong):
            Tally.objects.filter(topic=topic, span=span, starts_on=day).update(posts=real[topic, span, day])
    yield from ((key, kept.get(key, 0), real[key]) for key in wrong)


def _adapted(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _row(key: Key, posts: int) -> Tally:
    topic_id, span, starts_on = key
    return Tally(topic_id=topic_id, span=span, starts_on=starts_on, posts=posts)
