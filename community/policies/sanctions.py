"""May this member write, where and now? May that one stop them?"""

from datetime import datetime
from zoneinfo import ZoneInfo

from community.models import GOVERNING, Group, Member, Sanction
from community.policies.groups import moderates_site, role_of
from community.verdicts import YES, Verdict, no


def may_write(member: Member | None, group: Group | None, at: datetime, *, is_judged: bool = True) -> Verdict:
    """No for those not signed in, departed, silenced or suspended here or on the whole site; one query.

    None where `is_judged` is false: the asker knows that there never was a sanction of them.
    """
    if member is None or not member.pk:
        return no("Sign in to write.")
    if not member.is_active or member.departed_at:
        return no("This account is closed.")
    if not is_judged:
        return YES
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


def may_sanction(actor: Member | None, member: Member | None, group: Group | None) -> Verdict:
    """Those who look after a group, within it; those who moderate the site, everywhere. Nobody judges themselves.

    People who govern a group are judged from outside it: by those who moderate the site. `member` None stands for
    something nobody here has written.
    """
    if actor is None or not actor.pk or not actor.is_active:
        return no("Sign in first.")
    if member is not None and actor.pk == member.pk:
        return no("Nobody judges their own case.")
    if moderates_site(actor):
        return YES
    if group is None or role_of(actor, group) not in GOVERNING:
        return no("Only those who look after this group can do that.")
    if member is not None and role_of(member, group) in GOVERNING:
        return no("They help to run this group, so those who moderate the site decide about them.")
    return YES
