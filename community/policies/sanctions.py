"""May this member write, where and now?"""

from datetime import datetime
from zoneinfo import ZoneInfo

from community.models import Group, Member, Sanction
from community.verdicts import YES, Verdict, no


def may_write(member: Member | None, group: Group | None, at: datetime) -> Verdict:
    """No for those not signed in, departed, silenced or suspended here or on the whole site; one query."""
    if member is None or not member.pk:
        return no("Sign in to write.")
    if not member.is_active or member.departed_at:
        return no("This account is closed.")
    stop = (
        Sanction.objects.in_force(at)
        .covering(group)
        .filter(member=member, kind__in=[Sanction.Kind.SILENCE, Sanction.Kind.SUSPEND])
        .order_by("-ends_at")
        .first()
    )
    if stop is None:
        return YES
    where = "in this group" if stop.group_id else "on this site"
    if stop.ends_at is None:
        return no(f"You may not write {where} for now: {stop.reason}")
    until = stop.ends_at.astimezone(ZoneInfo(member.time_zone))
    return no(f"You may not write {where} until {until:%-d %B, %H:%M}: {stop.reason}")
