"""Roles in a group: given, laid down, set aside. Every change ends one row and opens the next."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from community import registry
from community.actions import locks, log
from community.models import GOVERNING, Group, Member, Membership
from community.models.period import day_of
from community.notices import groups as notices
from community.policies import groups as policies
from community.queries import written
from community.verdicts import NotAllowed
from live.changes import changed

Role = Membership.Role
TITLES = {Role.ORGANISER: "organiser", Role.MODERATOR: "moderator", Role.MEMBER: "member"}


class NotAMember(Exception):  # noqa: N818  (it says the outcome)
    """A role needs a place in the group first."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("They are not in this group. Ask them to join first.")


def appoint(*, actor: Member, member: Member, group: Group, role: str, at: datetime) -> Membership:
    """Give a member this role, or take it back; anyone may lay down their own. Twice is once.

    Raises `NotAllowed` where the actor may not, or where a tie bars the member from office, with the reason.
    """
    role = Role(role)
    if not (actor.pk == member.pk and role == Role.MEMBER):
        policies.may_appoint(actor, group).or_refuse()
    try:
        with transaction.atomic():
            if role in GOVERNING:
                locks.neutrality()
            return _appoint(actor, member, group, role, at)
    except IntegrityError as error:  # the database's own guard of neutrality, where two writers met
        reason = registry.bars_to_office(member, group)
        raise NotAllowed(reason or "That role cannot be given just now.") from error


def _appoint(actor: Member, member: Member, group: Group, role: Role, at: datetime) -> Membership:
    locks.neutrality()
    place = live_place(member, group)
    if place is None:
        raise NotAMember
    if place.role == role:
        return place
    if role in GOVERNING and (reason := registry.bars_to_office(member, group)):
        raise NotAllowed(reason)
    before = TITLES[Role(place.role)]
    text = f"Made {TITLES[role]}." if role != Role.MEMBER else f"No longer {before}."
    new = next_place(place, role, at, why=text)
    log.record(
        group=group, actor=actor, kind="role.changed", text=text, at=at, data={"member": member.pk, "role": role}
    )
    registry.announce("role_changed", group=group, member=member, role=role, at=at)
    notices.role_changed(group, member, role, actor, at)
    if before == "organiser":
        ask_for_organiser(group, at)
    return new


def set_aside(*, member: Member, group: Group, reason: str, at: datetime) -> Membership | None:
    """Suspend a governing role over a conflict, from today; None where there is none to suspend.

    The group reads `reason` in its log. Call it for several groups in the order of their ids: it locks the group.
    """
    with transaction.atomic():
        locks.neutrality()
        place = live_place(member, group)
        if place is None or place.role not in GOVERNING:
            return None
        before = Role(place.role)
        new = next_place(place, Role.MEMBER, at, why=reason, suspended=before)
        text = f"Role of {TITLES[before]} set aside: {reason}"
        log.record(group=group, actor=None, kind="role.set_aside", text=text, at=at, data={"member": member.pk})
        registry.announce("role_changed", group=group, member=member, role=Role.MEMBER, at=at)
        notices.role_changed(group, member, Role.MEMBER, None, at, why=text)
        if before == Role.ORGANISER:
            ask_for_organiser(group, at)
        return new


def volunteer(*, member: Member, group: Group, at: datetime) -> None:
    """Offer to organise; organisers hear of it, or those who moderate the site where there are none."""
    if reason := registry.bars_to_office(member, group):
        raise NotAllowed(reason)
    with transaction.atomic():
        place = live_place(member, group)
        if place is None:
            raise NotAllowed("Join the group first, then offer to organise.")
        if place.role == Role.ORGANISER:
            return
        text = "Offered to help organise."
        log.record(group=group, actor=member, kind="role.offered", text=text, at=at, data={"member": member.pk})
        notices.volunteered(group, member, at)


def live_place(member: Member, group: Group) -> Membership | None:
    """Lock the group, then read today's place of this member; call it inside a transaction."""
    lock(group)
    return Membership.objects.live().filter(member=member, group=group).first()


def lock(group: Group) -> None:
    """Lock the group's row; call it inside a transaction.

    Whoever does may change who is in the group: visitors see it anew from the commit on.
    """
    changed("groups", f"group:{group.pk}")
    if not written.ask("a group, locked", _for_update, pk=group.pk):
        raise Group.DoesNotExist


def _for_update(pk: int) -> "QuerySet[Group, int]":
    return Group.objects.select_for_update().filter(pk=pk).values_list("pk", flat=True)


def next_place(place: Membership, role: Role, at: datetime, *, why: str, suspended: str = "") -> Membership:
    """End this row today and open the next one."""
    today = day_of(at)
    place.ends_on, place.ended_why = max(today, place.starts_on), why[:200]
    place.save(update_fields=["ends_on", "ended_why"])
    return Membership.objects.create(
        group_id=place.group_id,
        member_id=place.member_id,
        role=role,
        starts_on=place.ends_on,
        joined_at=place.joined_at,
        suspended_role=suspended,
    )


def ask_for_organiser(group: Group, at: datetime) -> None:
    """Where nobody organises any more, say so and ask everyone; never trap the one who left."""
    if Membership.objects.live().organising().filter(group=group).exists():
        return
    log.record(group=group, actor=None, kind="organiser.wanted", text="The group is looking for an organiser.", at=at)
    notices.organiser_wanted(group, at)
