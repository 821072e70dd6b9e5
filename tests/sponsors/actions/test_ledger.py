"""Entries: once, balanced, corrected by their opposite."""

from datetime import timedelta
from decimal import Decimal

import pytest

from community.verdicts import NotAllowed
from sponsors.actions import ledger
from sponsors.actions.ledger import Line
from sponsors.models import LedgerTransaction, Transfer
from tests.factories.community import OrganiserFactory
from tests.factories.sponsors import EntryFactory, SponsorshipFactory

PIZZA = [Line("vendor", "food", Decimal("60.00"))]


def book(actor, group, acme, at, **more):
    facts = {"lines": PIZZA, "happened_on": at.date(), "note": "Pizza", "entry_key": "k", "sponsorship": None}
    return ledger.record(actor=actor, group=group, organisation=acme, at=at, **(facts | more))


def test_acme_paid_for_pizza(group, organiser, acme, at) -> None:
    entry = book(organiser, group, acme, at)
    assert (entry.recorded_by, entry.line_count, entry.corrects) == (organiser, 1, None)
    assert list(entry.transfers.values_list("source", "destination", "amount", "currency")) == [
        ("vendor", "food", Decimal("60.00"), "GBP")
    ]
    group.refresh_from_db()
    assert group.tabs == ["sponsors"]


def test_a_double_click_books_once(group, organiser, acme, at) -> None:
    assert book(organiser, group, acme, at) == book(organiser, group, acme, at)
    assert (LedgerTransaction.objects.count(), Transfer.objects.count()) == (1, 1)


def test_the_key_of_someone_else_books_nothing(group, organiser, acme, at) -> None:
    book(organiser, group, acme, at)
    with pytest.raises(ledger.NotBalanced, match="used before"):
        book(OrganiserFactory(group=group).member, group, acme, at)
    assert LedgerTransaction.objects.count() == 1


def test_many_lines_stand_together(group, organiser, acme, at) -> None:
    lines = [
        Line("vendor", "fund", Decimal(100)),
        Line("fund", "venue", Decimal(80)),
        Line("fund", "food", Decimal(20)),
    ]
    assert book(organiser, group, acme, at, lines=lines).line_count == 3


def test_who_may_not_write_in_it(group, insider, rep, colleague, neighbour, acme, at) -> None:
    for actor, why in ((insider, "tie to Acme"), (rep, "organisers"), (colleague, "organisers"), (neighbour, "organ")):
        with pytest.raises(NotAllowed, match=why):
            book(actor, group, acme, at)
    assert not LedgerTransaction.objects.exists()


def test_the_insider_enters_what_members_gave(group, insider, at) -> None:
    entry = book(insider, group, None, at, lines=[Line("members", "fund", Decimal(5))])
    assert entry.organisation is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [Line("vendor", "food", Decimal(0))],
        [Line("vendor", "food", Decimal(-1))],
        [Line("food", "food", Decimal(1))],
    ],
)
def test_what_cannot_stand(group, organiser, acme, at, lines) -> None:
    with pytest.raises(ledger.NotBalanced):
        book(organiser, group, acme, at, lines=lines)
    assert not LedgerTransaction.objects.exists()


def test_tomorrow_is_not_history(group, organiser, acme, at) -> None:
    with pytest.raises(ledger.InTheFuture):
        book(organiser, group, acme, at, happened_on=at.date() + timedelta(days=1))


def test_the_sponsorship_is_of_this_vendor_and_group(group, organiser, acme, at) -> None:
    with pytest.raises(ledger.NotBalanced, match="another"):
        book(organiser, group, acme, at, sponsorship=SponsorshipFactory(organisation=acme))
    mine = SponsorshipFactory(organisation=acme, group=group)
    assert book(organiser, group, acme, at, sponsorship=mine).sponsorship == mine


def test_a_mistake_is_undone_by_its_opposite(group, organiser, acme, at) -> None:
    entry = book(organiser, group, acme, at)
    undone = ledger.correct(actor=organiser, entry=entry, why="It was £40.", at=at)
    assert (undone.corrects, undone.note) == (entry, "It was £40.")
    assert list(undone.transfers.values_list("source", "destination", "amount")) == [("food", "vendor", Decimal(60))]
    for again in (entry, undone):
        with pytest.raises((ledger.CorrectedAlready, ledger.NotBalanced)):
            ledger.correct(actor=organiser, entry=again, why="Again", at=at)
    assert LedgerTransaction.objects.count() == 2


def test_who_may_not_correct(group, insider, neighbour, acme, at) -> None:
    entry = EntryFactory(group=group, organisation=acme)
    for actor in (insider, neighbour):
        with pytest.raises(NotAllowed):
            ledger.correct(actor=actor, entry=entry, why="x", at=at)
