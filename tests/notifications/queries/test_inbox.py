"""What waits in an inbox is kept, and no verb leaves it as it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from community.models import Member
from live import changes
from notifications.actions import inbox, withdraw
from notifications.actions.notify import Message, tell
from notifications.models import Notice
from notifications.queries import inbox as queries
from tests.factories.notifications import NoticeFactory

Verb = Callable[[Notice, datetime], Any]
VERBS: dict[str, tuple[Verb, list[str]]] = {
    "tell": (
        lambda one, at: tell([one.recipient_id], Message("test.happened", "More", "/y/", "y:1", subject="y:1"), at=at),
        ["thing:1", "y:1"],
    ),
    "open": (lambda one, at: inbox.open_notice(notice=one, at=at), []),
    "look": (lambda one, at: inbox.read_subject(member_id=one.recipient_id, subject="thing:1", at=at), []),
    "read all": (lambda one, at: inbox.read_all(member=one.recipient, at=at), []),
    "mute": (lambda one, at: inbox.mute(notice=one, at=at), []),
    "withdraw": (lambda _, __: withdraw.withdraw(subjects=["thing:1"], keep=[]), []),
    "lead on": (lambda _, __: withdraw.lead_on(before="thing:1", after="thing:2"), ["thing:2"]),
}


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_that_changes_an_inbox_says_so(
    name: str, member: Member, at: datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    verb, left = VERBS[name]
    notice = NoticeFactory(recipient=member)
    assert queries.waiting(member.pk) == ["thing:1"]
    with django_capture_on_commit_callbacks(execute=True):
        verb(notice, at)
    assert sorted(queries.waiting(member.pk)) == left


def test_an_inbox_is_asked_once(member: Member, settings: Any, django_assert_num_queries: Any) -> None:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    NoticeFactory(recipient=member)
    with django_assert_num_queries(1):
        assert [queries.unread(member) for _ in range(3)] == [1, 1, 1]


def test_where_more_wait_than_are_counted_the_thing_itself_is_still_read(
    member: Member, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "BADGE_LIMIT", 2)
    rows = [NoticeFactory(recipient=member, subject=f"thing:{number}") for number in range(4)]
    inbox.read_subject(member_id=member.pk, subject="thing:3", at=at)
    assert queries.unread(member) == 2
    rows[3].refresh_from_db()
    assert rows[3].read_at == at
