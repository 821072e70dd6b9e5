"""What floors above ask of the forum: one query each, however much there is."""

from datetime import timedelta

import pytest

from community.actions import at_once
from forum import queries
from forum.actions import following, reading
from forum.models import Reading
from forum.queries.unread import NEW_FOR
from tests.factories.community import MemberFactory
from tests.factories.forum import WRITTEN, MembersOnlyFactory, TalkFactory, TopicFactory


def test_latest_is_newest_first_and_of_a_group_when_asked(group):
    older = TopicFactory(category=TalkFactory(group=group))
    newer = TopicFactory(last_posted_at=WRITTEN + timedelta(hours=1))
    TopicFactory(category=MembersOnlyFactory(group=group))
    at = WRITTEN + timedelta(days=1)
    assert [line.topic for line in queries.latest(None, limit=5, at=at)] == [newer, older]
    assert [line.topic for line in queries.latest(None, limit=1, at=at)] == [newer]
    assert [line.topic for line in queries.latest(None, limit=5, group=group, at=at)] == [older]


def test_unread_is_what_a_member_has_begun_or_not_met_yet(member, at):
    begun, done, muted, followed = (TopicFactory(posts=3) for _ in range(4))
    fresh, old = TopicFactory(), TopicFactory(created_at=at - NEW_FOR)
    at_once.run(reading.wrote(member=member, topic=begun, number=1, at=at, level=Reading.Level.TRACKING))
    reading.read_up_to(member=member, topic=done, number=3, at=at)
    following.topic(member=member, topic=muted, level=Reading.Level.MUTED, at=at)
    following.topic(member=member, topic=followed, level=Reading.Level.WATCHING, at=at)
    found = {line.topic: (line.is_new, line.unread) for line in queries.unread_of(member, at=at)}
    assert found == {begun: (False, 2), followed: (False, 3), fresh: (True, 0)}
    assert old not in found


def test_nothing_from_before_one_joined_is_new(at):
    TopicFactory()
    assert queries.unread_of(MemberFactory(joined_at=at), at=at) == []


@pytest.mark.parametrize("count", [1, 3])
def test_each_is_one_query(member, group, at, count, django_assert_num_queries):
    talk = TalkFactory(group=group)
    for _ in range(count):
        TopicFactory(category=talk)
    for ask in (
        lambda: queries.latest(member, limit=5, at=at),
        lambda: queries.latest(None, limit=5, group=group, at=at),
        lambda: queries.unread_of(member, at=at),
        lambda: queries.unread_of(member, at=at, group=group),
        lambda: [queries.talk_of(group)],
    ):
        with django_assert_num_queries(1):
            found = ask()
            assert all(str(each.topic.category.group or "") for each in found if hasattr(each, "topic"))
