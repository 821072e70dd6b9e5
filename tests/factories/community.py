"""People, organisations, groups."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from community import models
from community.text import handles

BEGAN = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = models.Member

    email = factory.Sequence(lambda n: f"member{n}@example.org")
    handle = factory.Sequence(lambda n: f"member{n}")
    handle_key = factory.LazyAttribute(lambda o: handles.key(o.handle))
    is_handle_chosen = True
    display_name = factory.Sequence(lambda n: f"Member {n}")
    joined_at = BEGAN


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name = factory.Sequence(lambda n: f"Vendor {n}")
    slug = factory.Sequence(lambda n: f"vendor-{n}")
    created_at = BEGAN


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    member = factory.SubFactory(MemberFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = models.Affiliation.Kind.EMPLOYEE
    starts_on = date(2025, 1, 1)
    declared_at = BEGAN


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = models.Group

    name = factory.Sequence(lambda n: f"Group {n}")
    slug = factory.Sequence(lambda n: f"group-{n}")
    place_name = "Leeds"
    country_code = "GB"
    latitude = 53.8
    longitude = -1.55
    founded_at = BEGAN


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    group = factory.SubFactory(GroupFactory)
    member = factory.SubFactory(MemberFactory)
    starts_on = date(2025, 1, 1)
    joined_at = BEGAN


class OrganiserFactory(MembershipFactory):
    role = models.Membership.Role.ORGANISER


class LogEntryFactory(DjangoModelFactory):
    class Meta:
        model = models.LogEntry

    group = factory.SubFactory(GroupFactory)
    actor = factory.SubFactory(MemberFactory)
    kind = "role.changed"
    text = factory.Sequence(lambda n: f"Act {n}.")
    at = BEGAN


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = models.Claim

    group = factory.SubFactory(GroupFactory, state=models.Group.State.LISTED)
    member = factory.SubFactory(MemberFactory)
    evidence = "My name is on its page."
    made_at = BEGAN
