"""By which channel each member wants to hear of a kind of thing."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Q

from notifications.models import Preference
from notifications.models.preference import Channel
from notifications.registry import Kind

LOUDNESS = {Channel.NONE: 0, Channel.INBOX: 1, Channel.MAIL: 2}


def channels(member_ids: Iterable[int], kind: Kind, scope: str, subject: str = "") -> dict[int, Channel]:
    """The channel of every member who is still here; two queries, however many members.

    This kind in this scope decides. Otherwise the kind (else everything, else the kind's default) decides, and a
    choice for the whole scope can make that quieter, never louder: a muted group stays muted. So does a muted thing
    (`subject`), which is kept as a scope of its own.
    """
    present = (
        get_user_model()
        .objects.filter(pk__in=list(member_ids), is_active=True, departed_at=None)
        .values_list("pk", flat=True)
    )
    wanted = dict.fromkeys(present, Channel.MAIL)
    if kind.must_send or not wanted:
        return wanted
    chosen: dict[int, dict[tuple[str, str], Channel]] = {}
    rows = Preference.objects.filter(Q(kind=kind.name) | Q(kind=""), scope__in={"", scope, subject}, member__in=wanted)
    for member_id, name, place, channel in rows.values_list("member_id", "kind", "scope", "channel"):
        chosen.setdefault(member_id, {})[name, place] = Channel(channel)
    return {member_id: resolve(chosen.get(member_id, {}), kind, scope, subject) for member_id in wanted}


def resolve(chosen: dict[tuple[str, str], Channel], kind: Kind, scope: str, subject: str = "") -> Channel:
    """One member's channel, from their choices by (kind, scope)."""
    if kind.must_send:
        return Channel.MAIL
    decided = chosen.get((kind.name, scope)) if scope else None
    general = decided or chosen.get((kind.name, ""), chosen.get(("", ""), kind.default))
    wider = [chosen[place] for place in {("", subject), ("", "" if decided else scope)} - {("", "")} if place in chosen]
    return min([general, *wider], key=LOUDNESS.__getitem__)
