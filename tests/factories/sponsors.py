"""What vendors give, write and are entered with in the book."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from sponsors import models
from sponsors.models.ledger import Account
from tests.factories.community import BEGAN, AffiliationFactory, GroupFactory, MemberFactory, OrganisationFactory

State = models.Sponsorship.State


class RepresentativeFactory(AffiliationFactory):
    """A member who may write for an organisation."""

    represents_since = BEGAN


class PackageFactory(DjangoModelFactory):
    class Meta:
        model = models.Package

    name = factory.Sequence(lambda n: f"Package {n}")
    slug = factory.Sequence(lambda n: f"package-{n}")
    year = 2026
    amount = Decimal(600)


class BenefitFactory(DjangoModelFactory):
    class Meta:
        model = models.Benefit

    package = factory.SubFactory(PackageFactory)
    title = factory.Sequence(lambda n: f"Thanks {n}")


class ProposalFactory(DjangoModelFactory):
    """Waits for the group's organisers."""

    class Meta:
        model = models.Sponsorship

    organisation = factory.SubFactory(OrganisationFactory)
    group = factory.SubFactory(GroupFactory)
    gives = "Pizza once a month"
    amount = Decimal(60)
    starts_on = date(2026, 1, 1)
    ends_on = date(2027, 1, 1)
    proposed_by = factory.SubFactory(MemberFactory)
    proposed_at = BEGAN


class SponsorshipFactory(ProposalFactory):
    """Runs through 2026."""

    state = State.ACCEPTED
    settled_at = BEGAN


class VendorEventFactory(DjangoModelFactory):
    class Meta:
        model = models.VendorEvent

    organisation = factory.SubFactory(OrganisationFactory)
    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence(lambda n: f"Backup evening {n}")
    slug = factory.Sequence(lambda n: f"backup-evening-{n}")
    summary = "What broke last year, and what we changed."
    starts_at = datetime(2026, 12, 10, 18, 30, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    time_zone = "Europe/London"
    place = "The Fox, Leeds"
    uid = factory.Sequence(lambda n: f"vendor-event-{n}@example.org")
    state = models.VendorEvent.State.WAITING
    settled_at = factory.LazyAttribute(lambda o: BEGAN if o.state in {"approved", "declined"} else None)
    written_by = factory.SubFactory(MemberFactory)
    created_at = BEGAN
    changed_at = BEGAN


class PublishedEventFactory(VendorEventFactory):
    state = models.VendorEvent.State.APPROVED


class EntryFactory(DjangoModelFactory):
    """Acme paid £60 for pizza."""

    class Meta:
        model = models.LedgerTransaction
        skip_postgeneration_save = True

    group = factory.SubFactory(GroupFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    happened_on = date(2026, 11, 3)
    note = "Pizza for twelve"
    recorded_by = factory.SubFactory(MemberFactory)
    recorded_at = BEGAN
    entry_key = factory.Sequence(lambda n: f"key-{n}")
    line_count = 1

    @factory.post_generation
    def amount(self, create, extracted, **kwargs):
        models.Transfer.objects.create(
            transaction=self, source=Account.VENDOR, destination=Account.FOOD, amount=extracted or Decimal(60)
        )
