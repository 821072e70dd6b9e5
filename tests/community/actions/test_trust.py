"""Levels rise and fall by what is there; each change is kept, told, and made once."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community.actions import departure, sanctions, trust
from community.exports import own
from community.models import Member, TrustChange
from community.verdicts import NotAllowed
from forum.models import Reading
from meetups.models import Attendance
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.forum import PostFactory, TopicFactory
from tests.factories.meetups import MeetupFactory

pytestmark = pytest.mark.django_db
Trust = Member.Trust


def read(member: Member, topics: int, posts: int, at: datetime) -> None:
    for _ in range(topics):
        Reading.objects.create(member=member, topic=TopicFactory(), last_number=posts, read_at=at)


def changes(member: Member) -> list[tuple[int, int]]:
    return list(TrustChange.objects.filter(member=member).order_by("pk").values_list("before", "after"))


def level(member: Member) -> int:
    return Member.objects.get(pk=member.pk).trust


def test_reading_along_settles_in_once(member: Member, at: datetime) -> None:
    read(member, 5, 6, at)
    for _ in range(2):
        assert trust.reckon(member=member, at=at) == Trust.BASIC
    assert changes(member) == [(0, 1)]
    assert list(Notice.objects.values_list("recipient", "kind", "excerpt")) == [
        (member.pk, "community.trust_changed", "You have read along for a while.")
    ]


def test_a_jump_to_the_end_of_a_long_topic_is_not_a_thousand_posts(member: Member, at: datetime) -> None:
    read(member, 1, 10_000, at)
    read(member, 9, 1, at)
    for _ in range(3):
        PostFactory(topic=TopicFactory(), author=member, number=2, created_at=at - timedelta(days=_))
    assert trust.reckon(member=member, at=at) == Trust.BASIC


def test_the_first_evening_lifts_and_a_slip_is_taken_back(member: Member, at: datetime) -> None:
    trust.attended(member=member, first_at=at, at=at)
    trust.attended(member=member, first_at=at, at=at)
    assert (level(member), changes(member)) == (1, [(0, 1)])
    trust.attended(member=member, first_at=None, at=at)
    assert (level(member), changes(member)) == (0, [(0, 1), (1, 0)])


def test_due_work_looks_at_each_once_a_day(member: Member, at: datetime) -> None:
    gone = MemberFactory(departed_at=at)
    fixed = MemberFactory(is_trust_by_hand=True, trust=4)
    read(member, 5, 6, at)
    others = 5  # who began the topics
    assert [trust.reckon_due(at), trust.reckon_due(at)] == [1 + others, 0]
    assert [level(each) for each in (member, gone, fixed)] == [1, 0, 4]
    assert trust.reckon_due(at + timedelta(days=1)) == 1 + others


def test_due_work_costs_the_same_for_many(at: datetime, django_assert_num_queries: object) -> None:
    for people in (1, 3):
        MemberFactory.create_batch(people)
        Member.objects.update(trust_reckoned_on=None)
        with django_assert_num_queries(14):
            trust.reckon_due(at)


def test_a_regular_who_is_away_is_known_after_a_fortnight(member: Member, at: datetime) -> None:
    Member.objects.filter(pk=member.pk).update(trust=3)
    TrustChange.objects.create(member=member, before=2, after=3, reason="x", at=at)
    assert trust.reckon(member=member, at=at + timedelta(days=13)) == Trust.REGULAR
    assert trust.reckon(member=member, at=at + timedelta(days=15)) == Trust.KNOWN
    assert trust.reckon(member=member, at=at + timedelta(days=400)) == Trust.KNOWN
    assert changes(member) == [(2, 3), (3, 2)]


def test_a_regular_asked_to_pause_is_known_at_once(member: Member, at: datetime) -> None:
    Member.objects.filter(pk=member.pk).update(trust=3)
    TrustChange.objects.create(member=member, before=2, after=3, reason="x", at=at)
    sanctions.impose(
        actor=MemberFactory(is_moderator=True), member=member, group=None, kind="silence", reason="Loud", at=at
    )
    assert level(member) == Trust.KNOWN


def test_by_hand_it_stays_until_it_is_let_go(member: Member, at: datetime) -> None:
    moderator = MemberFactory(is_moderator=True)
    trust.give(actor=moderator, member=member, level=4, reason="Knows everybody", at=at)
    assert (trust.reckon(member=member, at=at), level(member)) == (Trust.NEW, 4)
    change = TrustChange.objects.get()
    assert (change.before, change.after, change.reason, change.actor) == (0, 4, "Knows everybody", moderator)
    trust.give(actor=moderator, member=member, level=-1, reason="Moved away", at=at)
    assert (level(member), changes(member)) == (0, [(0, 4), (4, 0)])
    with pytest.raises(NotAllowed):
        trust.give(actor=member, member=moderator, level=0, reason="No", at=at)


def test_evenings_are_counted(member: Member, at: datetime) -> None:
    for _ in range(3):
        Attendance.objects.create(meetup=MeetupFactory(), member=member, checked_in_at=at)
    assert trust.reckon(member=member, at=at) == Trust.KNOWN


def test_it_is_in_the_download_and_goes_with_the_account(member: Member, at: datetime) -> None:
    trust.attended(member=member, first_at=at, at=at)
    assert list(own.trust(member)) == [{"before": 0, "after": 1, "reason": "You came to a meetup.", "at": at}]
    departure.depart(member=Member.objects.get(pk=member.pk), at=at)
    assert (level(member), TrustChange.objects.count()) == (0, 0)


def test_the_database_knows_five_levels(member: Member, at: datetime) -> None:
    with pytest.raises(IntegrityError, match="member_trust_level"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(trust=5)
    with pytest.raises(IntegrityError, match="trust_change_changes"), transaction.atomic():
        TrustChange.objects.create(member=member, before=1, after=1, reason="x", at=at)
