"""By which channel each member wants to hear of a kind of thing."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import connection

from notifications.models.preference import Channel
from notifications.registry import Kind

_CHOSEN = """
SELECT member.id, chosen.kind, chosen.scope, chosen.channel FROM {members} member
LEFT JOIN notifications_preference chosen ON chosen.member_id = member.id
  AND chosen.kind IN (%s, '') AND chosen.scope IN ('', %s, %s)
WHERE member.is_active AND member.departed_at IS NULL AND member.id IN ({these})
"""
LOUDNESS = {Channel.NONE: 0, Channel.INBOX: 1, Channel.MAIL: 2}


def channels(member_ids: Iterable[int], kind: Kind, scope: str, subject: str = "") -> dict[int, Channel]:
    """The channel of every member who is still here; one query, however many members.

    This kind in this scope decides. Otherwise the kind (else everything, else the kind's default) decides, and a
    choice for the whole scope can make that quieter, never louder: a muted group stays muted. So does a muted thing
    (`subject`), which is kept as a scope of its own.
    """
    ids = list(member_ids)
    if not ids:
        return {}
    members = get_user_model()._meta.db_table  # noqa: SLF001  (documented for models)
    statement = _CHOSEN.format(members=members, these=", ".join(["%s"] * len(ids)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [kind.name, scope, subject, *ids])
        rows = cursor.fetchall()
    chosen: dict[int, dict[tuple[str, str], Channel]] = {}
    for member_id, name, place, channel in rows:
        theirs = chosen.setdefault(member_id, {})
        if channel is not None:
            theirs[name, place] = Channel(channel)
    return {member_id: resolve(theirs, kind, scope, subject) for member_id, theirs in chosen.items()}


def resolve(chosen: dict[tuple[str, str], Channel], kind: Kind, scope: str, subject: str = "") -> Channel:
    """One member's channel, from their choices by (kind, scope)."""
    if kind.must_send:
        return Channel.MAIL
    decided = chosen.get((kind.name, scope)) if scope else None
    general = decided or chosen.get((kind.name, ""), chosen.get(("", ""), kind.default))
    wider = [chosen[place] for place in {("", subject), ("", "" if decided else scope)} - {("", "")} if place in chosen]
    return min([general, *wider], key=LOUDNESS.__getitem__)
