"""The public book is never rewritten."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from sponsors.models import LedgerTransaction, Transfer, guards
from sponsors.models.ledger import Account
from tests.factories.sponsors import EntryFactory


@pytest.mark.parametrize("model", [LedgerTransaction, Transfer])
@pytest.mark.parametrize("verb", ["update", "delete", "raw update", "raw delete"])
def test_no_line_is_changed_or_taken_away(db: None, model, verb: str) -> None:
    entry = EntryFactory()
    column = "note" if model is LedgerTransaction else "currency"
    writes = {
        "update": lambda: model.objects.update(**{column: "EUR"}),
        "delete": lambda: model.objects.all()._raw_delete(using="default"),
        "raw update": lambda: connection.cursor().execute(f"UPDATE {model._meta.db_table} SET {column} = 'EUR'"),
        "raw delete": lambda: connection.cursor().execute(f"DELETE FROM {model._meta.db_table}"),
    }
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        writes[verb]()
    assert list(LedgerTransaction.objects.values_list("pk", "note")) == [(entry.pk, "Pizza for twelve")]
    assert list(Transfer.objects.values_list("amount", "currency")) == [(Decimal(60), "GBP")]


def test_no_line_is_added_later(db: None) -> None:
    entry = EntryFactory()
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Transfer.objects.create(transaction=entry, source=Account.FUND, destination=Account.VENUE, amount=1)
    assert entry.transfers.count() == 1


@pytest.mark.postgres
def test_the_book_is_not_emptied(db: None) -> None:
    EntryFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
            cursor.execute("TRUNCATE sponsors_ledgertransaction CASCADE")
    assert Transfer.objects.count() == 1


def test_without_the_guards_it_could_be(db: None) -> None:
    EntryFactory()
    guards.drop()
    LedgerTransaction.objects.update(note="Nothing happened")
    guards.install()
    assert LedgerTransaction.objects.get().note == "Nothing happened"


@pytest.mark.parametrize(
    "facts", [{"amount": 0}, {"amount": -5}, {"source": Account.FOOD, "destination": Account.FOOD}]
)
def test_a_line_moves_something(db: None, facts) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        entry = EntryFactory(line_count=2)
        Transfer.objects.create(
            **{"transaction": entry, "source": Account.VENDOR, "destination": Account.FOOD, "amount": 1, **facts}
        )
