"""Ties to vendors: never refused, and roles give way."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from community import registry
from community.actions import affiliations, organisations
from community.models import Affiliation, Group, LogEntry, Member, Membership, Organisation
from tests.factories.community import AffiliationFactory, MembershipFactory, OrganisationFactory, OrganiserFactory

pytestmark = pytest.mark.django_db
Kind, Role = Affiliation.Kind, Membership.Role


@pytest.fixture
def vendor() -> Organisation:
    return OrganisationFactory(name="Acme")


@pytest.fixture
def sponsored(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[date, date | None, int]]:
    """Group id → (from, until, organisation id): what the floor above would answer."""
    facts: dict[int, tuple[date, date | None, int]] = {}

    def ask(organisation_ids: set[int], starts_on: date, ends_on: date | None) -> Iterable[int]:
        far = date.max
        return {
            group
            for group, (begins, over, organisation) in facts.items()
            if organisation in organisation_ids and begins < (ends_on or far) and starts_on < (over or far)
        }

    monkeypatch.setattr(registry, "_sponsored", [ask])
    return facts


def today_of(group: Group, member: Member) -> str:
    return Membership.objects.live().get(group=group, member=member).role


def test_no_sponsor_no_consequence(
    organiser: Member, group: Group, vendor: Organisation, sponsored, at: datetime
) -> None:
    declared = affiliations.declare(
        member=organiser, organisation=vendor, kind=Kind.EMPLOYEE, starts_on=date(2024, 3, 1), at=at
    )
    assert declared.set_aside == ()
    assert (declared.affiliation.starts_on, declared.affiliation.declared_at) == (date(2024, 3, 1), at)
    assert today_of(group, organiser) == Role.ORGANISER


@pytest.mark.parametrize("kind", [Kind.EMPLOYEE, Kind.OWNER, Kind.CONTRACTOR])
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.MODERATOR])
def test_the_role_gives_way_and_the_group_reads_why(kind, role, group, vendor, sponsored, at: datetime) -> None:
    member = MembershipFactory(group=group, role=role).member
    sponsored[group.pk] = (date(2026, 1, 1), None, vendor.pk)
    declared = affiliations.declare(member=member, organisation=vendor, kind=kind, starts_on=date(2026, 12, 1), at=at)
    assert declared.set_aside == (group,)
    place = Membership.objects.live().get(group=group, member=member)
    assert (place.role, place.suspended_role) == (Role.MEMBER, role)
    assert LogEntry.objects.filter(group=group, kind="role.set_aside").get().text == (
        f"Role of {role} set aside: a tie to Acme, which sponsors this group, declared as since 1 December 2026."
    )
    wanted = LogEntry.objects.filter(group=group, kind="organiser.wanted").count()
    assert wanted == (1 if role == Role.ORGANISER else 0)


def test_being_paid_to_speak_leaves_the_role(organiser, group, vendor, sponsored, at: datetime) -> None:
    sponsored[group.pk] = (date(2026, 1, 1), None, vendor.pk)
    affiliations.declare(member=organiser, organisation=vendor, kind=Kind.SPEAKER, starts_on=at.date(), at=at)
    assert today_of(group, organiser) == Role.ORGANISER


def test_other_groups_are_left_alone(organiser, group, vendor, sponsored, at: datetime) -> None:
    other = OrganiserFactory(member=organiser).group
    sponsored[group.pk] = (date(2026, 1, 1), date(2026, 6, 1), vendor.pk)  # over before the tie began
    sponsored[other.pk] = (date(2027, 1, 1), None, vendor.pk)  # begins while the role would go on
    declared = affiliations.declare(member=organiser, organisation=vendor, kind=Kind.OWNER, starts_on=at.date(), at=at)
    assert declared.set_aside == (other,)
    assert (today_of(group, organiser), today_of(other, organiser)) == (Role.ORGANISER, Role.MEMBER)


def test_a_tie_from_the_past_counts_from_the_end_of_the_role(organiser, group, vendor, sponsored, at: datetime) -> None:
    sponsored[group.pk] = (date(2026, 1, 1), None, vendor.pk)
    declared = affiliations.declare(
        member=organiser, organisation=vendor, kind=Kind.OWNER, starts_on=date(2024, 5, 1), at=at
    )
    assert declared.affiliation.starts_on == at.date()
    assert "declared as since 1 May 2024" in LogEntry.objects.filter(kind="role.set_aside").get().text


def test_twice_is_once(member, vendor, sponsored, at: datetime) -> None:
    one = affiliations.declare(member=member, organisation=vendor, kind=Kind.OWNER, starts_on=at.date(), at=at)
    two = affiliations.declare(member=member, organisation=vendor, kind=Kind.OWNER, starts_on=at.date(), at=at)
    assert one == two
    assert Affiliation.objects.count() == 1


def test_another_kind_ends_one_and_opens_the_next(member, vendor, sponsored, at: datetime) -> None:
    affiliations.declare(member=member, organisation=vendor, kind=Kind.EMPLOYEE, starts_on=date(2026, 1, 1), at=at)
    later = at + timedelta(days=30)
    affiliations.declare(member=member, organisation=vendor, kind=Kind.OWNER, starts_on=later.date(), at=later)
    rows = Affiliation.objects.order_by("pk").values_list("kind", "starts_on", "ends_on")
    assert list(rows) == [
        (Kind.EMPLOYEE, date(2026, 1, 1), date(2026, 12, 31)),
        (Kind.OWNER, date(2026, 12, 31), None),
    ]


def test_end(at: datetime) -> None:
    tie, other = AffiliationFactory(), AffiliationFactory()
    affiliations.end(member=tie.member, affiliation=other, at=at)
    affiliations.end(member=tie.member, affiliation=tie, at=at)
    tie.refresh_from_db()
    other.refresh_from_db()
    assert (tie.ends_on, other.ends_on) == (at.date(), None)


def test_organisations_by_name(vendor: Organisation, at: datetime) -> None:
    assert organisations.ensure(name="  ACME ", at=at) == vendor
    new = organisations.ensure(name="Crumb  &  Daughters", at=at)
    assert (new.name, new.slug, new.kind) == ("Crumb & Daughters", "crumb-daughters", "vendor")
    assert organisations.ensure(name="Crumb Daughters", at=at).slug == "crumb-daughters-2"
    assert organisations.ensure(name="New", at=at).slug == "new-2"
    assert organisations.ensure(name="日本", at=at).slug == "vendor"
