"""Ties to vendors: declared, dated, ended. Declaring is never refused; it sets aside the roles it conflicts with."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from community import registry
from community.actions import locks, roles
from community.models import CONFLICTING, GOVERNING, Affiliation, Group, Member, Membership, Organisation
from community.models.period import day_of
from live.changes import EVERYTHING, changed


@dataclass(frozen=True, slots=True)
class Declared:
    """The tie, and the groups in which a role was set aside for it."""

    affiliation: Affiliation
    set_aside: tuple[Group, ...]


def declare(*, member: Member, organisation: Organisation, kind: str, starts_on: date, at: datetime) -> Declared:
    """Say openly what ties a member to an organisation; the same tie twice is one.

    In one transaction: the member's governing roles are set aside in every group that the organisation sponsors (each
    group reads it in its log, and is asked for an organiser where none is left), then the tie is written. A tie that
    began while they governed such a group counts from the day the role ended; the log says since when it was.
    """
    kind = Affiliation.Kind(kind)
    with transaction.atomic():
        locks.neutrality()
        before = Affiliation.objects.live().filter(member=member, organisation=organisation).first()
        if before is not None and before.kind == kind:
            return Declared(before, ())
        groups: tuple[Group, ...] = ()
        if kind in CONFLICTING:
            groups = _set_roles_aside(member, organisation, starts_on, at)
            starts_on = _after_governing(member, organisation, starts_on)
        if before is not None:
            _end(before, at)
            starts_on = max(starts_on, before.ends_on or starts_on)
        made = Affiliation.objects.create(
            member=member, organisation=organisation, kind=kind, starts_on=starts_on, declared_at=at
        )
        changed(EVERYTHING)
        return Declared(made, groups)


def end(*, member: Member, affiliation: Affiliation, at: datetime) -> None:
    """The tie is over from today; roles set aside for it stay with the group to give again."""
    with transaction.atomic():
        live = Affiliation.objects.select_for_update().live().filter(pk=affiliation.pk, member=member).first()
        if live is not None:
            _end(live, at)


def _end(affiliation: Affiliation, at: datetime) -> None:
    affiliation.ends_on = max(day_of(at), affiliation.starts_on)
    affiliation.save(update_fields=["ends_on"])
    changed(EVERYTHING)


def _set_roles_aside(member: Member, organisation: Organisation, since: date, at: datetime) -> tuple[Group, ...]:
    """In the order of the groups' ids, so that two writers never wait for each other."""
    live = Membership.objects.live().governing().filter(member=member).select_related("group").order_by("group_id")
    conflicting = [place.group for place in live if _meets_sponsorship(place, organisation, since)]
    for group in conflicting:
        reason = f"a tie to {organisation.name}, which sponsors this group, declared as since {since:%-d %B %Y}."
        roles.set_aside(member=member, group=group, reason=reason, at=at)
    return tuple(conflicting)


def _after_governing(member: Member, organisation: Organisation, since: date) -> date:
    """The first day from `since` on that meets no day in which they governed a group it sponsors."""
    governed = Membership.objects.filter(Q(ends_on__gt=since), member=member, role__in=GOVERNING)
    ends = [place.ends_on for place in governed if place.ends_on and _meets_sponsorship(place, organisation, since)]
    return max([since, *ends])


def _meets_sponsorship(place: Membership, organisation: Organisation, since: date) -> bool:
    sponsored = registry.groups_sponsored({organisation.pk}, max(place.starts_on, since), place.ends_on)
    return place.group_id in sponsored
