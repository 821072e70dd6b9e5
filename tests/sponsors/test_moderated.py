"""A vendor's event, as moderation judges it, and what a member takes along."""

from decimal import Decimal

import pytest

from community import registry as community
from moderation import registry
from sponsors.models import VendorEvent
from tests.factories.sponsors import EntryFactory, ProposalFactory, PublishedEventFactory, VendorEventFactory


def test_it_is_found_shown_hidden_and_restored(group, acme, rep, member, at) -> None:
    event = PublishedEventFactory(group=group, organisation=acme, written_by=rep, body="Buy", body_html="<p>Buy</p>")
    kind = registry.kind("vendor-event")
    found = kind.find(event.pk)
    assert (found.author, found.group, found.url) == (rep, group, event.get_absolute_url())
    assert "Acme, vendor" in found.title
    assert "Buy" in found.text
    kind.hide(event.pk, at)
    assert kind.find(event.pk).is_hidden
    assert not VendorEvent.objects.published().exists()
    assert (kind.visible_to(member, event.pk), kind.visible_to(rep, event.pk)) == (False, True)
    kind.restore(event.pk, at)
    assert kind.visible_to(member, event.pk)
    assert kind.visible_to(None, event.pk)


def test_what_is_not_there(db, at) -> None:
    kind = registry.kind("vendor-event")
    assert kind.find(404) is None
    assert kind.visible_to(None, 404) is False
    kind.hide(404, at)
    kind.restore(404, at)


def test_a_page_that_waits_cannot_be_reported_by_strangers(group, acme, member) -> None:
    event = VendorEventFactory(group=group, organisation=acme)
    assert registry.kind("vendor-event").visible_to(member, event.pk) is False


@pytest.mark.parametrize("number", [1, 3])
def test_a_member_takes_along_what_they_wrote_here(
    group, acme, rep, organiser, number, django_assert_num_queries
) -> None:
    for _ in range(number):
        ProposalFactory(organisation=acme, proposed_by=rep, gives="Pizza")
        VendorEventFactory(group=group, organisation=acme, written_by=rep, title="Evening")
        EntryFactory(group=group, organisation=acme, recorded_by=rep, amount=Decimal(60))
        ProposalFactory()
        VendorEventFactory()
        EntryFactory()
    files = community.exports(rep)
    with django_assert_num_queries(4):
        taken = {name: list(files[name]) for name in ("sponsorships-proposed", "vendor-events", "ledger-entries")}
    assert [len(rows) for rows in taken.values()] == [number] * 3
    assert taken["sponsorships-proposed"][0]["gives"] == "Pizza"
    assert taken["vendor-events"][0]["title"] == "Evening"
    assert taken["ledger-entries"][0]["lines"] == ["60.00 GBP vendor → food"]
