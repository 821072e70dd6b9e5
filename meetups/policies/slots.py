"""May they speak, and may they say that a slot is no product time?"""

from collections.abc import Iterable
from datetime import datetime

from community.models import Member, Organisation
from community.policies.groups import role_of
from community.policies.sanctions import may_write
from community.verdicts import YES, Verdict, no
from meetups.models import AgendaItem, Meetup
from sponsors.policies.ties import may_judge


def may_claim(
    member: Member | None, item: AgendaItem, meetup: Meetup, at: datetime, role: str | None = None
) -> Verdict:
    """Members of the group, a slot that nobody has, an evening that lies ahead; two queries, one with the role."""
    if member is None or not member.pk:
        return no("Sign in, and join the group, to speak.")
    if meetup.state != Meetup.State.PUBLISHED or meetup.starts_at <= at:
        return no("This evening takes no more speakers.")
    if not item.is_free:
        whose = item.speaker.shown_name if item.speaker else item.speaker_name
        return no(f"{whose} has this slot already." if whose else "Nobody speaks in this slot.")
    if not (role_of(member, meetup.group) if role is None else role):
        return no(f"Members of {meetup.group.name} speak here. Join the group first.")
    return may_write(member, meetup.group, at)


def may_confirm(
    actor: Member, item: AgendaItem, meetup: Meetup, sponsors: Iterable[Organisation], at: datetime
) -> Verdict:
    """Organisers who are not the speaker and have no tie to those sponsors; two queries for each of these."""
    if item.speaker_id == actor.pk:
        return no("It is your own slot, so two other organisers confirm it.")
    verdicts = (may_judge(actor, meetup.group, sponsor, at) for sponsor in sponsors)
    return next((verdict for verdict in verdicts if not verdict), YES)
