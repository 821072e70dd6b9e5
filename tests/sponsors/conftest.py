"""A group, its organiser, a vendor and who speaks for it."""

import pytest

from community.models import Group, Member, Organisation
from tests.factories.community import AffiliationFactory, MembershipFactory, OrganisationFactory, OrganiserFactory
from tests.factories.sponsors import RepresentativeFactory


@pytest.fixture
def acme(db: None) -> Organisation:
    return OrganisationFactory(name="Acme", slug="acme")


@pytest.fixture
def rep(acme: Organisation) -> Member:
    """Writes for Acme."""
    return RepresentativeFactory(organisation=acme).member


@pytest.fixture
def insider(acme: Organisation, group: Group) -> Member:
    """Organises the group and works for Acme, which does not sponsor it yet."""
    place = OrganiserFactory(group=group)
    AffiliationFactory(member=place.member, organisation=acme)
    return place.member


@pytest.fixture
def neighbour(db: None) -> Member:
    """Organises another group."""
    return OrganiserFactory().member


@pytest.fixture
def colleague(acme: Organisation, group: Group) -> Member:
    """Works for Acme, writes for nobody, is a member of the group."""
    tie = AffiliationFactory(organisation=acme)
    MembershipFactory(group=group, member=tie.member)
    return tie.member
