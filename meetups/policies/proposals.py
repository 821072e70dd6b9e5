"""May they propose, want it too, change it, take it back?"""

from datetime import datetime, timedelta

from community.models import Group, Member
from community.policies.groups import role_of
from community.policies.sanctions import may_write
from community.policies.trust import limits_of
from community.verdicts import YES, Verdict, no
from meetups.models import Proposal

State = Proposal.State
MOST_OPEN = 12
"""Proposals of one member that wait in one group."""
DAY = timedelta(days=1)


def may_propose(member: Member | None, group: Group, at: datetime, role: str | None = None) -> Verdict:
    """Members of the group who may write here; two queries, one where the role is known."""
    return _may_take_part(member, group, at, role)


def may_propose_more(member: Member, group: Group, at: datetime) -> Verdict:
    """Not too many in a day, nor too many that wait; two queries."""
    allowed = limits_of(member).topics_a_day
    if Proposal.objects.filter(author=member, created_at__gt=at - DAY).count() >= allowed:
        return no(f"That is {allowed} proposals in a day. What you wrote is kept here; send it tomorrow.")
    if Proposal.objects.open().filter(author=member, group=group).count() >= MOST_OPEN:
        return no(
            f"{MOST_OPEN} proposals of yours wait in this group. Withdraw one, or let some be talked about first."
        )
    return YES


def may_vote(member: Member | None, proposal: Proposal, at: datetime, role: str | None = None) -> Verdict:
    """Members of the group, until an agenda with it is published; two queries, one where the role is known."""
    return votes_open(proposal) and _may_take_part(member, proposal.group, at, role)


def votes_open(proposal: Proposal) -> Verdict:
    """Whether a vote can still be given or taken back. No query."""
    if proposal.hidden_at:
        return no("This proposal was hidden by a moderator.")
    if proposal.state == State.WITHDRAWN:
        return no("This proposal was withdrawn.")
    if proposal.state == State.DONE or proposal.votes_closed_at:
        return no("The agenda with this topic is published: the votes stand as they are.")
    return YES


def may_change(member: Member, proposal: Proposal, at: datetime) -> Verdict:
    """Its author, until somebody else wants it as it stands; two queries."""
    if proposal.author_id != member.pk:
        return no("Only the one who proposed it can change it.")
    if proposal.state != State.OPEN or proposal.hidden_at:
        return no("This proposal stands as it is now.")
    if proposal.votes.exclude(member=member).exists():
        return no("Others want this as it stands. Withdraw it, or propose the other topic too.")
    return may_write(member, proposal.group, at)


def may_withdraw(member: Member, proposal: Proposal, role: str | None = None) -> Verdict:
    """Its author or an organiser, while no agenda has it; at most one query."""
    if proposal.state != State.OPEN:
        return no("This proposal is not waiting any more.")
    if proposal.author_id == member.pk:
        return YES
    if (role_of(member, proposal.group) if role is None else role) == "organiser":
        return YES
    return no("Only the one who proposed it, or an organiser, can withdraw it.")


def _may_take_part(member: Member | None, group: Group, at: datetime, role: str | None) -> Verdict:
    if member is None or not member.pk:
        return no("Sign in, and join the group, to propose and vote.")
    if not (role_of(member, group) if role is None else role):
        return no(f"Members of {group.name} propose and vote. Join the group first.")
    return may_write(member, group, at)
