"""Notices whose time has come become mails in the outbox."""

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from notifications import registry
from notifications.actions import outbox
from notifications.models import Notice, OutgoingMail

log = logging.getLogger(__name__)
BATCH = 200


def write(at: datetime) -> int:
    """Turn up to 200 due notices into mails, one for all that a member was told about one thing; answers how many.

    What was read meanwhile is not mailed. Two of these at once take different rows (PostgreSQL) or turns (SQLite).
    """
    with transaction.atomic():
        due = list(
            Notice.objects.due_by_mail(at, even_read=registry.enclosing_kinds())
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("recipient")
            .order_by("mail_due_at", "pk")[:BATCH]
        )
        if not due:
            return 0
        unreachable = registry.unreachable({each.recipient_id for each in due}, at)
        wanted = [each for each in due if _reaches(each, unreachable)]
        outbox.keep([mail for mail in map(_letter, _together(wanted), [at] * len(wanted)) if mail])
        Notice.objects.filter(pk__in=[each.pk for each in wanted]).update(mailed_at=at)
        left_out = {each.pk for each in due} - {each.pk for each in wanted}
        Notice.objects.filter(pk__in=left_out).update(mail_due_at=None)
    return len(due)


def thread_headers(subject: str) -> dict[str, str]:
    """All mail about one thing hangs from one Message-ID that no mail has: programmes show it as one conversation."""
    if not subject:
        return {}
    root = f"<{subject.replace(':', '-')}.about@{settings.MAIL_DOMAIN}>"
    return {"References": root, "In-Reply-To": root}


def _reaches(notice: Notice, unreachable: set[int]) -> bool:
    who = notice.recipient
    if not who.is_active or who.departed_at:
        return False
    return who.pk not in unreachable or registry.kind_of_row(notice.kind).must_send


def _thing(notice: Notice) -> tuple[int, str, str]:
    template = registry.kind_of_row(notice.kind).mail_template
    return notice.recipient_id, notice.subject or f"notice {notice.pk}", template


def _together(notices: list[Notice]) -> Iterable[list[Notice]]:
    for _, told in groupby(sorted(notices, key=lambda each: (_thing(each), each.pk)), key=_thing):
        yield list(told)


def _letter(told: list[Notice], at: datetime) -> OutgoingMail | None:
    newest = told[-1]
    enclosed = registry.enclosure(newest, at) or registry.Enclosure([])
    try:
        return outbox.letter(
            to=newest.recipient.email,
            kind=newest.kind,
            template=registry.kind_of_row(newest.kind).mail_template,
            context={"notice": newest, "notices": told, "more": len(told) - 1} | enclosed.context,
            at=at,
            member_id=newest.recipient_id,
            scope=newest.scope,
            headers=thread_headers(newest.subject) | enclosed.headers,
            attachments=enclosed.parts,
            dedupe=f"notice:{told[0].pk}",
        )
    except ValidationError:
        log.warning("No mail for notice %s: the member's address is not one", newest.pk)
        return None
