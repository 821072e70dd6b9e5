"""The read mark only rises, a chosen level is not overruled, and "mark all read" leaves nothing unread."""

from datetime import timedelta

from community import registry
from forum import queries
from forum.actions import reading
from forum.models import Reading
from tests.factories.community import MemberFactory
from tests.factories.forum import MembersOnlyFactory, TopicFactory


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
    reading.tracked(member=member, topic=topic, number=2, at=at)
    assert (mark(member, topic).level, mark(member, topic).level_reason) == ("tracking", "replied")
    reading.follow(member=member, topic=topic, level=Reading.Level.MUTED, at=at)
    reading.tracked(member=member, topic=topic, number=3, at=at)
    row = mark(member, topic)
    assert (row.level, row.level_reason, row.last_number) == ("muted", "chosen", 3)


def test_marking_all_read_leaves_nothing_and_touches_nobody_else(member, at):
    begun, new, private = TopicFactory(posts=4), TopicFactory(posts=2), TopicFactory(category=MembersOnlyFactory())
    other = MemberFactory()
    for who in (member, other):
        reading.read_up_to(member=who, topic=begun, number=1, at=at)
    assert {line.topic for line in queries.unread_of(member, at=at)} == {begun, new}
    reading.mark_all_read(member=member, at=at)
    assert queries.unread_of(member, at=at) == []
    assert not Reading.objects.filter(topic=private).exists()
    assert {line.topic for line in queries.unread_of(other, at=at)} == {begun, new}


def test_marking_all_read_costs_the_same_however_much_there_is(member, at, django_assert_num_queries):
    TopicFactory()
    with django_assert_num_queries(5):
        reading.mark_all_read(member=member, at=at)
    for _ in range(3):
        TopicFactory(created_at=at - timedelta(hours=1))
    with django_assert_num_queries(5):
        reading.mark_all_read(member=member, at=at)


def test_a_departed_member_leaves_no_reading(member, at):
    topic, other = TopicFactory(), MemberFactory()
    for who in (member, other):
        reading.read_up_to(member=who, topic=topic, number=1, at=at)
    registry.announce("departed", member=member, at=at)
    assert list(Reading.objects.values_list("member", flat=True)) == [other.pk]
