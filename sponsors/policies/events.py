"""May they write, settle or see a vendor's event?"""

from datetime import datetime

from community.models import Group, Member, Organisation
from community.models.period import day_of
from community.policies.sanctions import may_write as may_write_in
from community.verdicts import YES, Verdict, no
from sponsors.models import VendorEvent
from sponsors.policies.ties import may_judge, may_speak_for, represents

State = VendorEvent.State


def may_write(member: Member | None, organisation: Organisation, group: Group, at: datetime) -> Verdict:
    """Representatives, for a group that lives here, where nobody silenced them."""
    if not (verdict := may_speak_for(member, organisation, at)):
        return verdict
    if group.state != Group.State.ACTIVE:
        return no(f"{group.name} does not take vendors' events at the moment.")
    return may_write_in(member, group, at)


def may_change(member: Member | None, event: VendorEvent, at: datetime) -> Verdict:
    """Representatives of the vendor; an organiser who judges it may not edit it too."""
    if event.state == State.CANCELLED:
        return no("This event has been called off. Write a new one.")
    return may_speak_for(member, event.organisation, at)


def may_settle(member: Member | None, event: VendorEvent, at: datetime) -> Verdict:
    """Organisers of the group it is for, with no tie to the vendor; never who wrote it, whatever became of the tie."""
    if member is not None and member.pk and member.pk == event.written_by_id:
        return no("You wrote this page, so someone else decides on it.")
    return may_judge(member, event.group, event.organisation, at)


def may_see(member: Member | None, event: VendorEvent, at: datetime) -> Verdict:
    """Everyone once it is published; before that both sides of the table."""
    if event.state in {State.APPROVED, State.CANCELLED} and event.settled_at and not event.hidden_at:
        return YES
    if member is None or not member.pk:
        return no("There is no such event.")
    if member.is_moderator or represents(member, event.organisation, day_of(at)):
        return YES
    return may_judge(member, event.group, event.organisation, at) if event.state != State.DRAFT else no("A draft.")
