"""A tie is declared through all floors: never refused, whatever the guards would say to its parts."""

from datetime import date, datetime

import pytest
from django.test import Client

from community.actions import affiliations
from community.models import Affiliation, Group, LogEntry, Member, Membership
from notifications.models import Notice
from sponsors.models import guards
from tests.factories.community import MembershipFactory, OrganiserFactory
from tests.factories.sponsors import SponsorshipFactory

pytestmark = pytest.mark.django_db
Kind, Role = Affiliation.Kind, Membership.Role


def roles(member: Member, group: Group) -> list[tuple[str, bool]]:
    """(role, is it live), oldest first."""
    rows = Membership.objects.filter(member=member, group=group).order_by("pk")
    return [(row.role, row.ends_on is None) for row in rows]


@pytest.mark.parametrize("since", [date(2024, 5, 1), date(2026, 6, 1), date(2026, 12, 1), date(2027, 3, 1)])
def test_never_refused(organiser: Member, joined: Member, group: Group, at: datetime, since: date) -> None:
    sponsorship = SponsorshipFactory(group=group, starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1))
    declared = affiliations.declare(
        member=organiser, organisation=sponsorship.organisation, kind=Kind.EMPLOYEE, starts_on=since, at=at
    )
    assert declared.set_aside == (group,)
    assert declared.affiliation.starts_on == max(since, at.date())
    assert roles(organiser, group) == [(Role.ORGANISER, False), (Role.MEMBER, True)]
    assert LogEntry.objects.filter(group=group, kind="organiser.wanted").count() == 1
    assert Notice.objects.filter(recipient=joined, kind="community.organiser_wanted").count() == 1
    assert guards.breaches() == []


def test_years_of_roles_and_sponsors(member: Member, at: datetime) -> None:
    """Governed twice, sponsored twice, in and out of step: the tie counts from the first day that breaks nothing."""
    past, now, elsewhere = (OrganiserFactory(member=member).group for _ in range(3))
    Membership.objects.filter(group=past).update(ends_on=date(2026, 3, 1))
    vendor = SponsorshipFactory(group=past, starts_on=date(2025, 6, 1), ends_on=date(2025, 9, 1)).organisation
    SponsorshipFactory(group=now, organisation=vendor, starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    SponsorshipFactory(group=elsewhere)
    declared = affiliations.declare(
        member=member, organisation=vendor, kind=Kind.OWNER, starts_on=date(2025, 1, 1), at=at
    )
    assert declared.set_aside == (now,)
    assert roles(member, elsewhere) == [(Role.ORGANISER, True)]
    assert guards.breaches() == []


def test_in_the_browser(organiser: Member, group: Group, signed_in) -> None:
    sponsorship = SponsorshipFactory(group=group, starts_on=date(2020, 1, 1), ends_on=date(2100, 1, 1))
    browser: Client = signed_in(organiser)
    tie = {"organisation": sponsorship.organisation.name.upper(), "kind": "employee", "starts_on": "2025-02-01"}
    page = browser.post("/settings/affiliations/", tie, follow=True).content.decode()
    assert f"sponsors {group.name}, so your role there is set aside. The group was told." in page
    assert roles(organiser, group) == [(Role.ORGANISER, False), (Role.MEMBER, True)]


def test_ending_it_opens_the_way_back(group: Group, at: datetime) -> None:
    member = MembershipFactory(group=group, role=Role.MODERATOR).member
    vendor = SponsorshipFactory(group=group, starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1)).organisation
    made = affiliations.declare(member=member, organisation=vendor, kind=Kind.OWNER, starts_on=at.date(), at=at)
    affiliations.end(member=member, affiliation=made.affiliation, at=at)
    place = Membership.objects.live().get(member=member, group=group)
    assert (place.role, place.suspended_role) == (Role.MEMBER, Role.MODERATOR)
    place.role = Role.MODERATOR
    place.save()
    assert guards.breaches() == []
