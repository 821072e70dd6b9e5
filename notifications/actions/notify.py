"""Telling members: inbox rows now, in the caller's transaction; mail later, from the rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from live.changes import changed
from live.publish import publish
from notifications import registry
from notifications.models import Notice
from notifications.models.preference import Channel
from notifications.queries import inbox
from notifications.queries.among import cast, paired, pairs_of
from notifications.queries.reach import reach
from notifications.text.lines import one_line

TITLE_LIMIT = 200
# Written out: every reply waits for it, and Django took longer to write it than a database to do it.
_ROWS = f"""
INSERT INTO notifications_notice (recipient_id, mail_due_at, actor_id, kind, scope, subject, title, excerpt, url, data,
  dedupe_key, created_at)
SELECT told.who, told.moment, {cast("actor", "bigint")}, {cast("kind", "text")}, {cast("scope", "text")},
  {cast("subject", "text")}, {cast("title", "text")}, {cast("excerpt", "text")}, {cast("url", "text")},
  {cast("data", "jsonb")}, {cast("dedupe", "text")}, {cast("at", "timestamptz")}
FROM {pairs_of("told")} WHERE TRUE ON CONFLICT DO NOTHING
"""  # noqa: S608  (names of our own)


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

    The actor, people who have left and people who chose "not at all" get none. Two queries (four where mails fold).
    """
    ids = set(recipients) - {actor_id}
    if not ids:
        return 0
    kind = registry.kind(message.kind)
    # Whoever tells has a transaction as a rule, and what fails in here must undo all of it.
    with transaction.atomic(savepoint=False):
        found = reach(ids, kind, message.scope, message.subject, message.dedupe)
        new = sorted(who for who, how in found.items() if how.channel != Channel.NONE and not how.knows)
        if not new:
            return 0
        mail_at = at + timedelta(seconds=kind.delay if message.delay is None else message.delay)
        sooner = _folded(new, message) if message.folds else {}
        due = {who: min(mail_at, sooner.get(who, mail_at)) for who in new if found[who].channel == Channel.MAIL}
        _write({who: due.get(who) for who in new}, message, at, actor_id)
        _hint("notice.added", {who: min(found[who].unread + 1, inbox.BADGE_LIMIT) for who in new})
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
    """Open pages learn the number of unread notices after the commit; one query."""
    if member_ids:
        _hint(event, inbox.unread_of(member_ids))


def _hint(event: str, unread: dict[int, int]) -> None:
    changed(*{inbox.part(who) for who in unread})
    for who, number in unread.items():
        publish(f"inbox:{who}", event, {"unread": number})


def _write(told: dict[int, datetime | None], message: Message, at: datetime, actor_id: int | None) -> None:
    """A row for each, with the moment its mail is due.

    Someone may tell the same at this moment: the constraint decides, and neither fails.
    """
    values = {
        "actor": actor_id,
        "kind": message.kind,
        "scope": message.scope,
        "subject": message.subject,
        "title": one_line(message.title, TITLE_LIMIT),
        "excerpt": message.excerpt,
        "url": message.url,
        "data": json.dumps(message.data),
        "dedupe": message.dedupe,
        "at": connection.ops.adapt_datetimefield_value(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values | paired("told", told))
