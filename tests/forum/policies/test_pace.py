"""How fast, and how much in a day."""

from datetime import datetime, timedelta

import pytest

from forum.policies.pace import may_write_now
from tests.factories.community import MemberFactory
from tests.factories.forum import PostFactory, TopicFactory


def written(level: int, *, posts: int, topics: int, ago: timedelta, at: datetime, came: bool = False):
    member = MemberFactory(trust=level, attended_at=at if came else None)
    topic = TopicFactory()
    for _ in range(topics):
        PostFactory(topic=TopicFactory(posts=0), author=member, number=1, created_at=at - ago)
    for n in range(posts):
        PostFactory(topic=topic, author=member, number=n + 2, created_at=at - ago)
    return member


@pytest.mark.parametrize(
    ("level", "came", "posts", "topics", "minutes", "opens", "wait"),
    [
        (0, False, 9, 0, 1, False, None),
        (0, False, 10, 0, 1, False, 240),
        (0, False, 10, 0, 5, False, None),
        (0, False, 13, 0, 60, False, 23 * 3600),
        (0, False, 13, 0, 24 * 60, False, None),
        (0, False, 0, 3, 60, True, 23 * 3600),
        (0, False, 0, 3, 60, False, None),
        (0, False, 0, 2, 60, True, None),
        (0, True, 13, 3, 60, True, None),
        (1, False, 29, 0, 1, False, None),
        (1, False, 30, 0, 1, False, 240),
        (1, False, 0, 10, 60, True, 23 * 3600),
        (3, False, 60, 10, 60, True, None),
    ],
)
def test_table(at, level, came, posts, topics, minutes, opens, wait):
    member = written(level, posts=posts, topics=topics, ago=timedelta(minutes=minutes), at=at, came=came)
    verdict = may_write_now(member, at, opens=opens)
    assert (bool(verdict), verdict.retry_after) == (wait is None, wait)


def test_the_words_say_when_and_what_lifts_it(at):
    member = written(0, posts=0, topics=3, ago=timedelta(hours=2), at=at)
    assert may_write_now(member, at, opens=True).reason == (
        "That is 3 new topics in a day. What you wrote is kept here; try again in 22 hours. "
        "Coming to a meetup lifts this limit."
    )
