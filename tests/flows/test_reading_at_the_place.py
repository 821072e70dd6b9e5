"""Whoever opens the thing itself has read what the inbox says about it: no mail follows, and no other notice is touched."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from community.models import Group, Member
from notifications.models import Notice
from tests.factories.chat import MessageFactory, RoomFactory
from tests.factories.forum import TalkFactory, TopicFactory
from tests.factories.meetups import MeetupFactory
from tests.factories.moderation import DecisionFactory, ReportFactory
from tests.factories.notifications import NoticeFactory
from tests.factories.sponsors import PublishedEventFactory


def _topic(group: Group) -> tuple[str, str]:
    topic = TopicFactory(category=TalkFactory(group=group), posts=21)
    return topic.get_absolute_url(), f"topic:{topic.pk}"


def _meetup(group: Group) -> tuple[str, str]:
    meetup = MeetupFactory(group=group)
    return meetup.get_absolute_url(), f"meetup:{meetup.pk}"


def _room(group: Group) -> tuple[str, str]:
    room = RoomFactory(group=group, is_main=True)
    MessageFactory(room=room)
    return f"/chat/{room.pk}/", f"room:{room.pk}"


def _event(group: Group) -> tuple[str, str]:
    event = PublishedEventFactory(group=group)
    return event.get_absolute_url(), f"vendor-event:{event.pk}"


def _case(group: Group) -> tuple[str, str]:
    report = ReportFactory(group=group)
    return f"/moderation/{report.pk}/", f"case:{report.pk}"


def _decision(group: Group) -> tuple[str, str]:
    decision = DecisionFactory(group=group)
    return f"/moderation/decisions/{decision.pk}/", f"decision:{decision.pk}"


@pytest.mark.parametrize("thing", [_topic, _meetup, _room, _event, _case, _decision])
def test_opening_it_reads_its_notices(
    thing: Callable[[Group], tuple[str, str]],
    group: Group,
    organiser: Member,
    signed_in: Callable[[Member], Client],
    at: datetime,
) -> None:
    address, subject = thing(group)
    mine = NoticeFactory(recipient=organiser, subject=subject, mail_due_at=at)
    other = NoticeFactory(recipient=organiser, subject=f"{subject}0", mail_due_at=at)
    theirs = NoticeFactory(subject=subject, mail_due_at=at)
    assert signed_in(organiser).get(address).status_code == 200
    mine.refresh_from_db()
    assert mine.read_at is not None
    assert set(Notice.objects.due_by_mail(at)) == {other, theirs}


def test_reading_older_words_of_a_room_leaves_the_newest_unread(
    group: Group, organiser: Member, signed_in: Callable[[Member], Client]
) -> None:
    room = RoomFactory(group=group, is_main=True)
    MessageFactory.create_batch(70, room=room)
    notice: Any = NoticeFactory(recipient=organiser, subject=f"room:{room.pk}")
    assert signed_in(organiser).get(f"/chat/{room.pk}/", {"before": 10}).status_code == 200
    notice.refresh_from_db()
    assert notice.read_at is None
