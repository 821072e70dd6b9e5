"""Vendors in the open: the list of them, and the page of one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from community.models import Affiliation, Organisation
from community.models.period import day_of
from sponsors.models import Sponsorship, VendorEvent

State = Sponsorship.State
SHOWN = 12


def organisations(day: date) -> QuerySet[Organisation]:
    """Every one that does something here: sponsors first (by how many groups), then by name; one query."""
    running = Q(sponsorships__state=State.ACCEPTED, sponsorships__starts_on__lte=day, sponsorships__ends_on__gt=day)
    return (
        Organisation.objects.select_related("logo")
        .annotate(group_count=Count("sponsorships__group", filter=running, distinct=True))
        .order_by("-group_count", "name")
    )


def represented_by(member_id: int | None, day: date) -> list[Organisation]:
    """Those this member is confirmed to write for; one query."""
    if member_id is None:
        return []
    ties = Affiliation.objects.on(day).filter(member=member_id).exclude(represents_since=None)
    return list(Organisation.objects.filter(pk__in=ties.values("organisation")).order_by("name"))


@dataclass(frozen=True, slots=True)
class Vendor:
    """What its page shows to everyone."""

    sponsorships: list[Sponsorship]
    past: list[Sponsorship]
    events: list[VendorEvent]
    people: list[Affiliation]


def vendor(organisation: Organisation, at: datetime) -> Vendor:
    """Three queries."""
    today = day_of(at)
    agreed = list(
        Sponsorship.objects.accepted()
        .filter(organisation=organisation, starts_on__lte=today)
        .select_related("group")
        .order_by("group__name", "-ends_on")
    )
    return Vendor(
        sponsorships=[each for each in agreed if each.ends_on > today],
        past=[each for each in agreed if each.ends_on <= today],
        events=list(
            VendorEvent.objects.coming(at)
            .filter(organisation=organisation)
            .select_related("group", "organisation")
            .order_by("starts_at")
        ),
        people=list(people(organisation, today)[:SHOWN]),
    )


def people(organisation: Organisation, day: date) -> QuerySet[Affiliation]:
    """Everyone who says they have a tie to it today; representatives first."""
    ties = Affiliation.objects.on(day).filter(organisation=organisation, member__departed_at=None)
    return ties.select_related("member", "member__avatar").order_by("represents_since", "member__display_name", "pk")


def own_desk(organisation: Organisation) -> tuple[list[Sponsorship], list[VendorEvent]]:
    """What a representative has on the table: proposals waiting, and pages that are not public; two queries."""
    proposals = Sponsorship.objects.proposed().filter(organisation=organisation).select_related("group")
    events = VendorEvent.objects.filter(organisation=organisation).exclude(
        state__in=[VendorEvent.State.APPROVED, VendorEvent.State.CANCELLED], hidden_at=None
    )
    return list(proposals.order_by("proposed_at")), list(
        events.select_related("group", "organisation").order_by("starts_at")
    )
