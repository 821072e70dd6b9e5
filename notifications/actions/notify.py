"""Telling members: inbox rows now, in the caller's transaction; mail later, from the rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count

from live.changes import changed
from live.publish import publish
from notifications import registry
from notifications.models import Notice
from notifications.models.preference import Channel
from notifications.queries import inbox
from notifications.queries.channels import channels
from notifications.text.lines import one_line

TITLE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to everyone told at once.

    `subject` groups notices about one thing ("topic:42"); `dedupe` makes telling twice harmless: one row a member.
    `folds` names kinds whose mail about the same thing, if it still waits, this one's takes the place of, no later than
    that would have left. `delay` (seconds) stands in for the kind's own.
    """

    kind: str
    title: str
    url: str
    dedupe: str
    excerpt: str = ""
    scope: str = ""
    subject: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    folds: tuple[str, ...] = ()
    delay: int | None = None


def tell(recipients: Iterable[int], message: Message, *, at: datetime, actor_id: int | None = None) -> int:
    """Write one inbox row for each member id, by their preferences; answers how many were new.

    The actor, people who have left and people who chose "not at all" get none. A constant number of queries.
    """
    ids = set(recipients) - {actor_id}
    if not ids:
        return 0
    kind = registry.kind(message.kind)
    # Whoever tells has a transaction as a rule, and what fails in here must undo all of it.
    with transaction.atomic(savepoint=False):
        by_member = channels(ids, kind, message.scope, message.subject)
        wanted = {who: how for who, how in by_member.items() if how != Channel.NONE}
        told = Notice.objects.filter(recipient__in=wanted, dedupe_key=message.dedupe)
        new = sorted(wanted.keys() - set(told.values_list("recipient_id", flat=True)))
        mail_at = at + timedelta(seconds=kind.delay if message.delay is None else message.delay)
        sooner = _folded(new, message) if message.folds else {}
        due = {who: min(mail_at, sooner.get(who, mail_at)) for who in new if wanted[who] == Channel.MAIL}
        # Someone may tell the same at this moment: the constraint decides, and neither fails.
        Notice.objects.bulk_create(
            [_row(who, message, at, actor_id, due.get(who)) for who in new], ignore_conflicts=True
        )
        hint(new, "notice.added")
    return len(new)


def _folded(member_ids: list[int], message: Message) -> dict[int, datetime]:
    """Take back the mails this one stands in for; when the first of each member would have left. Two queries."""
    waiting = Notice.objects.filter(
        recipient__in=member_ids, subject=message.subject, kind__in=message.folds, mailed_at=None
    ).exclude(mail_due_at=None)
    first = {row.recipient_id: row.mail_due_at for row in waiting.order_by("-mail_due_at") if row.mail_due_at}
    waiting.update(mail_due_at=None)
    return first


def hint(member_ids: list[int], event: str) -> None:
    """Open pages learn the number of unread notices after the commit."""
    if not member_ids:
        return
    changed(*{inbox.part(who) for who in member_ids})
    unread = dict(
        Notice.objects.filter(recipient__in=member_ids)
        .unread()
        .values("recipient")
        .annotate(count=Count("pk"))
        .values_list("recipient", "count")
    )
    for who in member_ids:
        publish(f"inbox:{who}", event, {"unread": unread.get(who, 0)})


def _row(who: int, message: Message, at: datetime, actor_id: int | None, mail_at: datetime | None) -> Notice:
    return Notice(
        recipient_id=who,
        actor_id=actor_id,
        kind=message.kind,
        scope=message.scope,
        subject=message.subject,
        title=one_line(message.title, TITLE_LIMIT),
        excerpt=message.excerpt,
        url=message.url,
        data=message.data,
        dedupe_key=message.dedupe,
        created_at=at,
        mail_due_at=mail_at,
    )
