"""Coming and going. What happens to roles stands in `roles`, and is reached from here too."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Min, QuerySet

from community import registry
from community.actions import affiliations, locks, organisations
from community.actions.roles import appoint, ask_for_organiser, live_place, lock, set_aside, volunteer
from community.models import Affiliation, Group, Member, Membership
from community.models.period import day_of
from community.notices import groups as notices
from community.policies import groups as policies
from community.queries import written

__all__ = ["admit", "appoint", "join", "leave", "set_aside", "volunteer"]

Role = Membership.Role


def join(*, member: Member, group: Group, at: datetime, works_for: str | None = None) -> Membership:
    """Take a place in the group; joining twice is joining once.

    `works_for` names the vendor or distributor that employs the member: the tie is declared in the same transaction.
    """
    policies.may_join(member, group, at).or_refuse()
    with transaction.atomic():
        if works_for:
            _declare(member, works_for, at)
        return admit(member=member, group=group, at=at)


def admit(*, member: Member, group: Group, at: datetime) -> Membership:
    """The place itself, in the caller's transaction, who has asked `may_join`; twice is once."""
    lock(group)
    places: list[Membership] = written.ask("all places in a group", _places, member=member.pk, group=group.pk)
    if (live := next((each for each in places if each.ends_on is None), None)) is not None:
        return live
    place = open_place(member, group, Role.MEMBER, at, first=min((each.joined_at for each in places), default=at))
    registry.announce("joined", group=group, member=member, at=at)
    notices.joined(group, member, at)
    return place


def _places(member: int, group: int) -> "QuerySet[Membership]":
    return Membership.objects.filter(member=member, group=group)


def _declare(member: Member, works_for: str, at: datetime) -> None:
    """Whoever has a tie to them already has said more than we ask here."""
    organisation = organisations.ensure(name=works_for, at=at)
    if not Affiliation.objects.live().filter(member=member, organisation=organisation).exists():
        affiliations.declare(
            member=member, organisation=organisation, kind=Affiliation.Kind.EMPLOYEE, starts_on=day_of(at), at=at
        )


def leave(*, member: Member, group: Group, at: datetime) -> None:
    """Give the place up, whatever the role; where that was the last organiser, the group is asked for a new one."""
    with transaction.atomic():
        locks.neutrality()
        if (place := live_place(member, group)) is None:
            return
        place.ends_on, place.ended_why = max(day_of(at), place.starts_on), "Left"
        place.save(update_fields=["ends_on", "ended_why"])
        Group.objects.filter(pk=group.pk, member_count__gt=0).update(member_count=F("member_count") - 1)
        registry.announce("left", group=group, member=member, at=at)
        if place.role == Role.ORGANISER:
            ask_for_organiser(group, at)


def open_place(member: Member, group: Group, role: Role, at: datetime, *, first: datetime | None = None) -> Membership:
    """Write the live row and count it; the caller holds the lock (`roles.lock`) and has looked that there is none.

    `first` is when they first joined, where the caller knows.
    """
    if first is None:
        first = Membership.objects.filter(member=member, group=group).aggregate(at=Min("joined_at"))["at"]
    place = Membership.objects.create(
        member=member, group=group, role=role, starts_on=day_of(at), joined_at=first or at
    )
    Group.objects.filter(pk=group.pk).update(member_count=F("member_count") + 1)
    return place
