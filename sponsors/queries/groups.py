"""What vendors give a group, and what they want of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from community.models import CONFLICTING, Affiliation, Group, Member, Membership
from sponsors.models import Sponsorship, VendorEvent


def sponsors_of(group: Group, day: date) -> QuerySet[Sponsorship]:
    """Running sponsorships of a group, with their organisations; one query."""
    running = Sponsorship.objects.running(day).filter(group=group)
    return running.select_related("organisation", "organisation__logo").order_by("organisation__name", "ends_on")


@dataclass(frozen=True, slots=True)
class Support:
    """A group's sponsor page."""

    running: list[Sponsorship]
    coming: list[Sponsorship]
    past: list[Sponsorship]
    waiting: list[Sponsorship]
    """Proposals: only members of the group see them before they are settled."""
    events_waiting: list[VendorEvent]


def support(group: Group, day: date, *, sees_waiting: bool, settles: bool) -> Support:
    """One to three queries."""
    rows = (
        Sponsorship.objects.filter(group=group, state__in=[Sponsorship.State.ACCEPTED, Sponsorship.State.PROPOSED])
        .select_related("organisation", "organisation__logo", "package", "proposed_by", "group")
        .order_by("organisation__name", "ends_on")
    )
    agreed = [row for row in rows if row.state == Sponsorship.State.ACCEPTED and row.starts_on < row.ends_on]
    events = VendorEvent.objects.waiting().filter(group=group).select_related("organisation", "written_by")
    return Support(
        running=[row for row in agreed if row.starts_on <= day < row.ends_on],
        coming=[row for row in agreed if row.starts_on > day],
        past=[row for row in agreed if row.ends_on <= day],
        waiting=[row for row in rows if row.state == Sponsorship.State.PROPOSED] if sees_waiting else [],
        events_waiting=list(events.order_by("changed_at")) if settles else [],
    )


def conflicted(sponsorship: Sponsorship) -> list[Member]:
    """Who governs the group today and has a tie to the vendor on a day of the sponsorship; one query."""
    days = Q(ends_on=None) | Q(ends_on__gt=sponsorship.starts_on) & ~Q(ends_on=F("starts_on"))
    ties = Affiliation.objects.filter(
        days,
        organisation=sponsorship.organisation,
        kind__in=CONFLICTING,
        starts_on__lt=sponsorship.ends_on,
    )
    governing = Membership.objects.live().governing().filter(group=sponsorship.group)
    return list(
        Member.objects.filter(pk__in=governing.values("member")).filter(pk__in=ties.values("member")).order_by("pk")
    )
