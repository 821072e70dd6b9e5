"""Reading one's notices; also for the floors above: what was read at its place need not be read here again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, When

from notifications import registry
from notifications.actions import preferences
from notifications.actions.notify import hint
from notifications.models import Notice
from notifications.models.preference import Channel
from notifications.queries import inbox


def open_notice(*, notice: Notice, at: datetime) -> None:
    """The notice and the earlier ones about the same thing are read."""
    _read(inbox.about(notice).filter(pk__lte=notice.pk), notice.recipient_id, at)


def read_subject(*, member_id: int, subject: str, at: datetime) -> None:
    """A member has looked at the thing itself (`subject` as in `Message`): what is waiting about it is read.

    Nothing is written or locked where nothing waits, and as a rule nothing is asked.
    """
    unread = inbox.waiting(member_id)
    if subject in unread or len(unread) == inbox.BADGE_LIMIT:
        _read(Notice.objects.filter(recipient=member_id, subject=subject), member_id, at)


def read_all(*, member: Any, at: datetime) -> None:
    """Everything."""
    _read(Notice.objects.filter(recipient=member), member.pk, at)


def mute(*, notice: Notice, at: datetime) -> None:
    """No more about this thing (or, where it is about no thing, of this kind in this place); what is there is read."""
    kind, scope = ("", notice.subject) if notice.subject else (notice.kind, notice.scope)
    with transaction.atomic():
        preferences.choose(member_id=notice.recipient_id, kind=kind, scope=scope, channel=Channel.NONE)
        _read(inbox.about(notice), notice.recipient_id, at)


def _read(notices: "QuerySet[Notice]", member_id: int, at: datetime) -> None:
    """Mark them, take back mails that were still to come (but not what a calendar waits for), let open pages know."""
    with transaction.atomic():
        unread = notices.filter(read_at=None)
        for_calendars = Case(When(kind__in=registry.enclosing_kinds(), then=F("mail_due_at")), default=None)
        if unread.update(mail_due_at=for_calendars, read_at=at):
            hint([member_id], "notice.read")
