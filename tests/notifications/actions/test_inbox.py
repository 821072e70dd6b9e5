"""What was read at its place need not be read in the inbox."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from community.models import Member
from notifications.actions import inbox
from notifications.models import Notice
from tests.factories.notifications import NoticeFactory

Said = list[tuple[str, dict[str, Any]]]


def test_what_waits_about_a_thing_is_read_and_mailed_no_more(member: Member, at: datetime, said: Said) -> None:
    about = NoticeFactory(recipient=member, subject="topic:1", mail_due_at=at)
    other = NoticeFactory(recipient=member, subject="topic:10", mail_due_at=at)
    theirs = NoticeFactory(subject="topic:1", mail_due_at=at)
    inbox.read_subject(member_id=member.pk, subject="topic:1", at=at)
    about.refresh_from_db()
    assert (about.read_at, about.mail_due_at) == (at, None)
    assert set(Notice.objects.due_by_mail(at + timedelta(days=9))) == {other, theirs}


@pytest.mark.usefixtures("db")
def test_where_nothing_waits_one_query_asks_and_nothing_is_said(
    member: Member, at: datetime, said: Said, django_assert_num_queries: Any
) -> None:
    NoticeFactory(recipient=member, subject="topic:1", read_at=at)
    with django_assert_num_queries(1):
        inbox.read_subject(member_id=member.pk, subject="topic:1", at=at)
    assert said == []
