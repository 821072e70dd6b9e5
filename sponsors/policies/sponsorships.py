"""May they propose, settle or end a sponsorship?"""

from datetime import datetime

from community.models import Group, Member, Organisation
from community.policies.sanctions import may_write
from community.verdicts import Verdict, no
from sponsors.models import Sponsorship
from sponsors.policies.ties import may_judge, may_speak_for

State = Sponsorship.State


def may_propose(member: Member | None, organisation: Organisation, group: Group, at: datetime) -> Verdict:
    """Representatives, to a group that lives here."""
    if not (verdict := may_speak_for(member, organisation, at)):
        return verdict
    if group.state != Group.State.ACTIVE:
        return no(f"{group.name} does not take sponsors at the moment.")
    return may_write(member, group, at)


def may_settle(member: Member | None, sponsorship: Sponsorship, at: datetime) -> Verdict:
    """Organisers of the group with no tie to the vendor."""
    return may_judge(member, sponsorship.group, sponsorship.organisation, at)


def may_withdraw(member: Member | None, sponsorship: Sponsorship, at: datetime) -> Verdict:
    """Representatives of the vendor."""
    return may_speak_for(member, sponsorship.organisation, at)


def may_end(member: Member | None, sponsorship: Sponsorship, at: datetime) -> Verdict:
    """Either side: what one no longer wants, the other cannot keep up."""
    return may_settle(member, sponsorship, at) or may_withdraw(member, sponsorship, at)
