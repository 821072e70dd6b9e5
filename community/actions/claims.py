"""A listing from elsewhere finds its organiser."""

from datetime import datetime

from django.db import transaction

from community import registry
from community.actions import locks, log
from community.actions.memberships import open_place
from community.actions.roles import live_place, next_place
from community.models import Claim, Group, Member, Membership
from community.notices import claims as notices
from community.policies import groups as policies
from community.verdicts import NotAllowed
from live.changes import EVERYTHING, changed

ORGANISER = Membership.Role.ORGANISER
TAKEN = "Someone else was found to organise it."


class Settled(Exception):  # noqa: N818  (it says the outcome)
    """The claim was settled before."""

    def __init__(self, claim: Claim) -> None:
        """Say how."""
        super().__init__(f"This claim is {claim.get_state_display().lower()} already.")


def claim(*, member: Member, group: Group, evidence: str, at: datetime) -> Claim:
    """Say that a listed group is yours to organise; asking again while it waits changes the evidence only."""
    policies.may_claim(member, group).or_refuse()
    with transaction.atomic():
        kept = Group.objects.select_for_update().get(pk=group.pk)
        policies.may_claim(member, kept).or_refuse()
        made, is_new = Claim.objects.update_or_create(
            group=kept,
            member=member,
            state=Claim.State.WAITING,
            defaults={"evidence": evidence},
            create_defaults={"evidence": evidence, "made_at": at},
        )
        if is_new:
            notices.claimed(made, at)
        return made


def accept(*, actor: Member, claim: Claim, at: datetime) -> Group:
    """The group lives here from now on, and the claimant organises it; other claims of it are declined."""
    policies.may_settle(actor).or_refuse()
    with transaction.atomic():
        locks.neutrality()
        group = Group.objects.select_for_update().get(pk=claim.group_id)
        waiting = _waiting(claim)
        if reason := registry.bars_to_office(waiting.member, group):
            raise NotAllowed(reason)
        _settle(waiting, Claim.State.ACCEPTED, actor, at)
        group.state = Group.State.ACTIVE
        group.save(update_fields=["state"])
        changed(EVERYTHING)
        log.record(
            group=group,
            actor=actor,
            kind="group.claimed",
            text="The group moved in here, with its organiser.",
            at=at,
            data={"member": waiting.member_id},
        )
        registry.announce("founded", group=group, actor=waiting.member, at=at)
        _make_organiser(waiting.member, group, at)
        for other in Claim.objects.filter(group=group, state=Claim.State.WAITING).select_related("group", "member"):
            _settle(other, Claim.State.DECLINED, actor, at, TAKEN)
        return group


def decline(*, actor: Member, claim: Claim, reason: str, at: datetime) -> Claim:
    """Not convinced: the claimant reads why, and may claim again."""
    policies.may_settle(actor).or_refuse()
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=claim.group_id)
        waiting = _waiting(claim)
        _settle(waiting, Claim.State.DECLINED, actor, at, reason)
        return waiting


def _waiting(claim: Claim) -> Claim:
    """Read it again under the group's lock."""
    kept = Claim.objects.select_related("group", "member").get(pk=claim.pk)
    if kept.state != Claim.State.WAITING:
        raise Settled(kept)
    return kept


def _settle(claim: Claim, state: Claim.State, actor: Member, at: datetime, answer: str = "") -> None:
    claim.state, claim.settled_by, claim.settled_at, claim.answer = state, actor, at, answer
    claim.save(update_fields=["state", "settled_by", "settled_at", "answer"])
    notices.settled(claim, at)


def _make_organiser(member: Member, group: Group, at: datetime) -> None:
    place = live_place(member, group)
    if place is None:
        open_place(member, group, ORGANISER, at)
        registry.announce("joined", group=group, member=member, at=at)
    elif place.role != ORGANISER:
        next_place(place, ORGANISER, at, why="Claimed the group")
    registry.announce("role_changed", group=group, member=member, role=ORGANISER, at=at)


def forget(*, member: Member, at: datetime) -> None:
    """A member has departed: what they wrote to prove a claim goes with them."""
    Claim.objects.filter(member=member).delete()
