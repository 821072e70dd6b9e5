"""Stopping a member for a while, and letting them back."""

from datetime import datetime

from django.db import transaction

from community.actions import log, trust
from community.models import Group, Member, Sanction
from community.notices import sanctions as notices
from community.policies import sanctions as policies
from live.publish import close_sockets, recheck

Kind = Sanction.Kind

LOG_WORDS = {
    Kind.WARN: "A member was warned.",
    Kind.SILENCE: "A member was asked to read only",
    Kind.SUSPEND: "A member was asked to stay away",
}


def impose(
    *,
    actor: Member,
    member: Member,
    group: Group | None,
    kind: str,
    reason: str,
    at: datetime,
    ends_at: datetime | None = None,
    decision_number: int | None = None,
) -> Sanction:
    """Warn, silence or suspend a member in one group, or (`group` None) on the whole site.

    Open pages hear of it at once. A moderation decision (`decision_number`) tells the member itself, with its
    statement of reasons; otherwise the member is told here.
    """
    kind = Kind(kind)
    policies.may_sanction(actor, member, group).or_refuse()
    with transaction.atomic():
        sanction = Sanction.objects.create(
            member=member,
            group=group,
            kind=kind,
            reason=reason,
            decision_number=decision_number,
            imposed_by=actor,
            starts_at=at,
            ends_at=None if kind == Kind.WARN else ends_at,
        )
        if kind != Kind.WARN or decision_number is None:
            log.record(group=group, actor=None, kind="member.sanctioned", text=_words(sanction), at=at)
        if kind == Kind.SUSPEND and group is None:
            close_sockets(member.pk, "suspended")
        elif kind != Kind.WARN:
            recheck(member.pk)
        if decision_number is None:
            notices.imposed(sanction, at)
        if kind != Kind.WARN:
            trust.reckon(member=member, at=at)
    return sanction


def lift(*, actor: Member, sanction: Sanction, at: datetime) -> None:
    """End it now; lifting twice is lifting once. The member is told, by the decision's reversal where there is one."""
    policies.may_sanction(actor, sanction.member, sanction.group).or_refuse()
    with transaction.atomic():
        if not Sanction.objects.filter(pk=sanction.pk, lifted_at=None).update(lifted_at=at):
            return
        sanction.lifted_at = at
        log.record(
            group=sanction.group, actor=None, kind="sanction.lifted", text="A member may take part again.", at=at
        )
        recheck(sanction.member_id)
        if sanction.decision_number is None:
            notices.lifted(sanction, at)


def _words(sanction: Sanction) -> str:
    """Fit for everyone: neither who, nor who decided."""
    kind = Kind(sanction.kind)
    if kind == Kind.WARN:
        return LOG_WORDS[kind]
    if sanction.ends_at is None:
        return f"{LOG_WORDS[kind]} until further notice."
    return f"{LOG_WORDS[kind]} until {sanction.ends_at:%-d %B %Y, %H:%M} (UTC)."
