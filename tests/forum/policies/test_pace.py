"""How fast, and how much in a day."""

from datetime import datetime, timedelta

import pytest

from forum.models import Revision
from forum.policies.pace import SLIPS, may_change_now, may_write_now
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


@pytest.mark.parametrize(
    ("level", "changes", "minutes", "wait"),
    [
        (0, 9, 60, None),
        (0, 10, 60, 23 * 3600),
        (0, 10, 24 * 60, None),
        (1, 29, 60, None),
        (1, 30, 60, 23 * 3600),
        (4, 199, 1, None),
    ],
)
def test_changes_in_a_day(at, level, changes, minutes, wait):
    member = MemberFactory(trust=level)
    post = TopicFactory().posts.get()
    for number in range(1, changes + 2):
        written_at = at - timedelta(minutes=minutes)
        Revision.objects.create(post=post, number=number, editor=member, body="x", written_at=written_at)
    verdict = may_change_now(member, at)
    assert (bool(verdict), verdict.retry_after) == (wait is None, wait)


def test_slips_leave_no_trace_but_are_not_without_end(at):
    member = MemberFactory()
    post = PostFactory(topic__posts=0, author=member, created_at=at - timedelta(minutes=2), version=SLIPS)
    assert may_change_now(member, at)
    PostFactory(topic__posts=0, author=member, created_at=at - timedelta(minutes=1), version=2)
    assert may_change_now(member, at).retry_after == 300
    assert may_change_now(member, post.created_at + timedelta(minutes=5))
    assert may_change_now(MemberFactory(), at)
