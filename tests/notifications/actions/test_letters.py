"""Notices become mails: one for each thing, none for what was read."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from community.models import Member
from notifications import registry
from notifications.actions import letters
from notifications.models import Notice, OutgoingMail
from tests.factories.community import MemberFactory
from tests.factories.notifications import NoticeFactory


def test_one_mail_for_all_about_one_thing(at: datetime, member: Member) -> None:
    NoticeFactory(recipient=member, title="First", excerpt="One", mail_due_at=at)
    NoticeFactory(recipient=member, title="Second", excerpt="Two", mail_due_at=at)
    NoticeFactory(recipient=member, title="Other", subject="thing:2", mail_due_at=at)
    other = NoticeFactory(title="Theirs", mail_due_at=at)
    assert letters.write(at) == 4
    rows = OutgoingMail.objects.order_by("pk").values_list("to", "subject", "headers__References")
    root = "<thing-1.about@localhost>"
    assert set(rows) == {
        (member.email, "Second (and 1 more)", root),
        (member.email, "Other", "<thing-2.about@localhost>"),
        (other.recipient.email, "Theirs", root),
    }
    both = OutgoingMail.objects.get(subject="Second (and 1 more)")
    assert both.text.startswith("First\n\nOne\n\nSecond\n\nTwo\n")
    assert Notice.objects.filter(mailed_at=at).count() == 4


def test_what_was_read_or_is_not_due_is_not_mailed(at: datetime, member: Member) -> None:
    NoticeFactory(recipient=member, mail_due_at=at, read_at=at)
    NoticeFactory(recipient=member, mail_due_at=at + timedelta(seconds=1))
    NoticeFactory(recipient=member, mail_due_at=None)
    NoticeFactory(recipient=member, mail_due_at=at, mailed_at=at)
    assert letters.write(at) == 0
    assert OutgoingMail.objects.count() == 0


def test_running_again_writes_nothing_more(at: datetime, member: Member) -> None:
    NoticeFactory(recipient=member, mail_due_at=at)
    letters.write(at)
    assert letters.write(at) == 0
    assert OutgoingMail.objects.count() == 1


def test_people_who_get_none_keep_the_inbox(at: datetime, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    suspended, gone = MemberFactory(), MemberFactory(departed_at=at)
    monkeypatch.setattr(registry, "_unreachable", [lambda ids, now: {suspended.pk} & set(ids)])
    NoticeFactory(recipient=suspended, mail_due_at=at)
    NoticeFactory(recipient=suspended, mail_due_at=at, kind="test.needed", title="A decision", subject="decision:1")
    NoticeFactory(recipient=gone, mail_due_at=at)
    letters.write(at)
    assert list(OutgoingMail.objects.values_list("to", "subject")) == [(suspended.email, "A decision")]
    assert Notice.objects.filter(mail_due_at=None).count() == 2


def test_a_broken_address_stops_nobody_else(at: datetime, member: Member) -> None:
    NoticeFactory(recipient=MemberFactory(email="not an address"), mail_due_at=at)
    NoticeFactory(recipient=member, mail_due_at=at)
    letters.write(at)
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [member.email]
    assert letters.write(at) == 0


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_stays(many: int, at: datetime, db: None, django_assert_num_queries: Any) -> None:
    NoticeFactory.create_batch(many, mail_due_at=at)
    registry_asks = len(registry._unreachable)
    # savepoint ×2, what is due, the mails, their notices, those left out (none: no query)
    with django_assert_num_queries(5 + registry_asks):
        letters.write(at)
