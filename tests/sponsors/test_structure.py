"""Supported, not owned: no vendor, sponsorship or entry can take a community row with it when it goes."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CASCADE, ProtectedError
from django.db.models.deletion import Collector

from community.models import Affiliation, Group, Membership, Organisation
from meetups.models import ProgrammeEvent, ProgrammeFeed
from sponsors.models import Benefit, LedgerTransaction, Package, Sponsorship, Transfer, VendorEvent
from tests.factories.community import AffiliationFactory, MembershipFactory
from tests.factories.sponsors import (
    BenefitFactory,
    EntryFactory,
    ProposalFactory,
    PublishedEventFactory,
    SponsorshipFactory,
    VendorEventFactory,
)

PROGRAMME = {ProgrammeFeed, ProgrammeEvent}
"""What a vendor's own calendar says; the list of meetups shows it, and nobody of the community owns it."""
OF_VENDORS = {Organisation, *apps.get_app_config("sponsors").get_models(), *PROGRAMME}


def taken_along(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """Every model whose rows go when a row of `model` goes."""
    for relation in model._meta.related_objects:
        if getattr(relation, "on_delete", None) is CASCADE and relation.related_model is not model:
            yield relation.related_model
            yield from taken_along(relation.related_model)


@pytest.mark.parametrize("model", sorted(OF_VENDORS, key=lambda each: each.__name__))
def test_nothing_of_the_community_goes_with_it(model) -> None:
    assert set(taken_along(model)) <= {Benefit, *PROGRAMME}


def test_the_walk_sees_a_cascade() -> None:
    assert Membership in set(taken_along(Group))


def test_no_table_of_the_community_points_up_at_vendors() -> None:
    """Three name one, and none goes with it: a member's own tie, and on agendas a label and what organisers confirmed."""
    pointing = {
        field.model._meta.label: field.remote_field.on_delete is not CASCADE
        for model in apps.get_models()
        if model not in OF_VENDORS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in OF_VENDORS
    }
    assert pointing == {"community.Affiliation": True, "meetups.AgendaItem": True, "meetups.SlotConfirmation": True}


def rows() -> dict[str, list[dict]]:
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for name in ("community", "forum", "chat", "meetups", "notifications")
        for model in apps.get_app_config(name).get_models()
        if model is not Organisation
    }


def test_a_vendor_that_has_done_anything_cannot_be_deleted(group, acme) -> None:
    for make in (
        lambda: AffiliationFactory(organisation=acme),
        lambda: ProposalFactory(organisation=acme, group=group),
        lambda: VendorEventFactory(organisation=acme, group=group),
        lambda: EntryFactory(organisation=acme, group=group),
    ):
        made = make()
        with pytest.raises(ProtectedError):
            acme.delete()
        if not isinstance(made, LedgerTransaction):
            made.delete()


def test_what_can_be_deleted_leaves_the_community_as_it_was(group, acme, organiser, joined) -> None:
    MembershipFactory(group=group)
    AffiliationFactory(member=joined, organisation=acme, kind=Affiliation.Kind.SPEAKER)
    SponsorshipFactory(group=group, organisation=acme)
    PublishedEventFactory(group=group, organisation=acme)
    BenefitFactory()
    before = rows()
    for model in (VendorEvent, Sponsorship, Package):
        model.objects.all().delete()
    assert rows() == before


@pytest.mark.parametrize("model", [Sponsorship, VendorEvent])
def test_a_group_is_held_by_what_was_agreed_with_it(group, model) -> None:
    """The other way round: a group with a past here is archived, not deleted."""
    (SponsorshipFactory if model is Sponsorship else VendorEventFactory)(group=group)
    with pytest.raises(ProtectedError):
        Collector(using="default").collect(Group.objects.filter(pk=group.pk))


def test_the_book_protects_itself(group) -> None:
    entry = EntryFactory(group=group)
    for row in (entry, entry.organisation, entry.recorded_by):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Transfer.objects.count() == 1
