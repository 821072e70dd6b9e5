"""How a member is reached: by which channel they want to hear of a kind of thing, and what waits for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from notifications.models.preference import Channel
from notifications.queries.among import among, listed
from notifications.queries.inbox import MEMBERS, WAITING
from notifications.registry import Kind

_CHOSEN = f"""
SELECT member.id, chosen.kind, chosen.scope, chosen.channel,
  EXISTS (SELECT 1 FROM notifications_notice WHERE recipient_id = member.id AND dedupe_key = %(dedupe)s),
  {WAITING}
FROM {MEMBERS} member LEFT JOIN notifications_preference chosen ON chosen.member_id = member.id
  AND chosen.kind IN (%(kind)s, '') AND chosen.scope IN ('', %(scope)s, %(subject)s)
WHERE member.is_active AND member.departed_at IS NULL AND {among("member.id", "these")}
"""  # noqa: S608  (names of our own)
LOUDNESS = {Channel.NONE: 0, Channel.INBOX: 1, Channel.MAIL: 2}


@dataclass(frozen=True, slots=True)
class Reach:
    """`knows`: they were told this very thing already. `unread`: notices that wait, as many as a badge counts."""

    channel: Channel
    knows: bool
    unread: int


def reach(member_ids: Iterable[int], kind: Kind, scope: str, subject: str = "", dedupe: str = "") -> dict[int, Reach]:
    """Every member who is still here; one query, however many members.

    This kind in this scope decides. Otherwise the kind (else everything, else the kind's default) decides, and a
    choice for the whole scope can make that quieter, never louder: a muted group stays muted. So does a muted thing
    (`subject`), which is kept as a scope of its own.
    """
    ids = set(member_ids)
    if not ids:
        return {}
    values = {"kind": kind.name, "scope": scope, "subject": subject, "dedupe": dedupe, "these": listed(ids)}
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN, values)
        rows = cursor.fetchall()
    chosen: dict[int, dict[tuple[str, str], Channel]] = {}
    for member_id, name, place, channel, *_ in rows:
        theirs = chosen.setdefault(member_id, {})
        if channel is not None:
            theirs[name, place] = Channel(channel)
    waits = {row[0]: (bool(row[4]), row[5]) for row in rows}
    return {who: Reach(resolve(theirs, kind, scope, subject), *waits[who]) for who, theirs in chosen.items()}


def resolve(chosen: dict[tuple[str, str], Channel], kind: Kind, scope: str, subject: str = "") -> Channel:
    """One member's channel, from their choices by (kind, scope)."""
    if kind.must_send:
        return Channel.MAIL
    decided = chosen.get((kind.name, scope)) if scope else None
    general = decided or chosen.get((kind.name, ""), chosen.get(("", ""), kind.default))
    wider = [chosen[place] for place in {("", subject), ("", "" if decided else scope)} - {("", "")} if place in chosen]
    return min([general, *wider], key=LOUDNESS.__getitem__)
