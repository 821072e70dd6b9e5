"""The read mark only rises, a chosen level is not overruled, and "mark all read" leaves nothing unread."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community import registry
from community.actions import at_once
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import following, reading
from forum.actions.tags import put_on
from forum.models import Follow, Reading, Tag
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


def mark(member, topic):
    return Reading.objects.get(member=member, topic=topic)


def test_the_mark_only_rises(member, at, django_assert_num_queries):
    topic = TopicFactory(posts=5)
    for number in (2, 4, 3):
        with django_assert_num_queries(1):
            reading.read_up_to(member=member, topic=topic, number=number, at=at)
    assert (mark(member, topic).last_number, mark(member, topic).level) == (4, "normal")


def test_a_reply_tracks_but_never_overrules_a_choice(member, at):
    topic = TopicFactory(posts=3)
    reading.read_up_to(member=member, topic=topic, number=1, at=at)
    at_once.run(reading.wrote(member=member, topic=topic, number=2, at=at, level=Reading.Level.TRACKING))
    assert (mark(member, topic).level, mark(member, topic).level_reason) == ("tracking", "replied")
    following.topic(member=member, topic=topic, level=Reading.Level.MUTED, at=at)
    at_once.run(reading.wrote(member=member, topic=topic, number=3, at=at, level=Reading.Level.TRACKING))
    row = mark(member, topic)
    assert (row.level, row.level_reason, row.last_number) == ("muted", "chosen", 3)


def test_marking_all_read_leaves_nothing_and_touches_nobody_else(member, at):
    begun, new, private = TopicFactory(posts=4), TopicFactory(posts=2), TopicFactory(category=MembersOnlyFactory())
    other = MemberFactory()
    for who in (member, other):
        at_once.run(reading.wrote(member=who, topic=begun, number=1, at=at, level=Reading.Level.TRACKING))
    assert {line.topic for line in queries.unread_of(member, at=at)} == {begun, new}
    reading.mark_read(member=member, at=at)
    assert queries.unread_of(member, at=at) == []
    assert not Reading.objects.filter(topic=private).exists()
    assert {line.topic for line in queries.unread_of(other, at=at)} == {begun, new}


def test_marking_all_read_costs_the_same_however_much_there_is(member, at, django_assert_num_queries):
    TopicFactory()
    with django_assert_num_queries(8):  # the first time it makes the row of the place
        reading.mark_read(member=member, at=at)
    for _ in range(3):
        TopicFactory(created_at=at - timedelta(hours=1))
    with django_assert_num_queries(5):
        reading.mark_read(member=member, at=at)


def test_a_departed_member_leaves_no_reading(member, at):
    topic, other = TopicFactory(), MemberFactory()
    for who in (member, other):
        reading.read_up_to(member=who, topic=topic, number=1, at=at)
        following.category(member=who, category=topic.category, level=Reading.Level.MUTED)
    registry.announce("departed", member=member, at=at)
    for rows in (Reading.objects, Follow.objects):
        assert list(rows.values_list("member", flat=True)) == [other.pk]


def test_reading_for_five_minutes_tracks_and_a_report_twice_counts_once(member, at):
    topic, chosen = TopicFactory(), TopicFactory()
    reading.read_up_to(member=member, topic=topic, number=1, at=at)
    following.topic(member=member, topic=chosen, level=Reading.Level.NORMAL, at=at)
    for seconds in (60, 60, 40, 9999, 9999, 240):
        for each in (topic, chosen):
            reading.spent(member=member, topic=each, seconds=seconds)
    row = mark(member, topic)
    assert (row.seconds, row.level, row.level_reason) == (240, "normal", "")
    for each in (topic, chosen):
        reading.spent(member=member, topic=each, seconds=300)
        reading.spent(member=member, topic=each, seconds=9999)
    row = mark(member, topic)
    assert (row.seconds, row.level, row.level_reason) == (300, "tracking", "read")
    assert (mark(member, chosen).level, mark(member, chosen).level_reason) == ("normal", "chosen")


def test_a_chosen_normal_is_not_overruled_by_a_reply(member, at):
    topic = TopicFactory()
    following.topic(member=member, topic=topic, level=Reading.Level.NORMAL, at=at)
    at_once.run(reading.wrote(member=member, topic=topic, number=1, at=at, level=Reading.Level.TRACKING))
    assert (mark(member, topic).level, mark(member, topic).last_number) == ("normal", 1)


def test_marking_a_place_read_leaves_the_others(member, at):
    here, there = TopicFactory(category=TalkFactory()), TopicFactory()
    reading.mark_read(member=member, category=here.category, at=at)
    assert {line.topic for line in queries.unread_of(member, at=at)} == {there}
    reading.mark_read(member=member, at=at - timedelta(days=9))
    assert {line.topic for line in queries.unread_of(member, at=at)} == {there}
    again = TopicFactory(category=here.category, created_at=at + timedelta(hours=1))
    assert {line.topic for line in queries.unread_of(member, at=at)} == {there, again}


def test_what_one_may_not_see_cannot_be_followed(member, at):
    topic = TopicFactory(category=MembersOnlyFactory())
    with pytest.raises(NotAllowed):
        following.topic(member=member, topic=topic, level=Reading.Level.WATCHING, at=at)
    with pytest.raises(NotAllowed):
        following.category(member=member, category=topic.category, level=Reading.Level.WATCHING)
    inside = Tag.objects.create(name="layoffs", key="layoffs")
    put_on(topic, [inside])
    with pytest.raises(NotAllowed):
        following.tag(member=member, tag=inside, level=Reading.Level.WATCHING)
    assert (Reading.objects.count(), Follow.objects.count()) == (0, 0)


def test_a_follow_is_of_one_place(member, group):
    with pytest.raises(IntegrityError, match="follow_of_one_place"), transaction.atomic():
        Follow.objects.create(member=member, group=group, category=CategoryFactory())
    tag = Tag.objects.create(name="vat", key="vat")
    with pytest.raises(IntegrityError, match="follow_of_one_place"), transaction.atomic():
        Follow.objects.create(member=member, group=group, tag=tag)
    Follow.objects.create(member=member, tag=tag)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(member=member, tag=tag)
    reading.mark_read(member=member, at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(member=member)
