"""The book for programs."""

import csv
import io
from collections import defaultdict
from decimal import Decimal

import pytest
from django.test import AsyncClient

from sponsors.models import Transfer
from sponsors.models.ledger import Account
from tests.factories.sponsors import EntryFactory

COLUMNS = ["transaction", "date", "account", "group", "organisation", "amount", "currency", "note"]


def read(body: bytes) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(body.decode(), newline=""))
    assert rows.fieldnames == COLUMNS
    return list(rows)


def test_every_transaction_sums_to_zero_per_currency(client, group, acme) -> None:
    EntryFactory(group=group, organisation=acme)
    many = EntryFactory(line_count=3, organisation=None)
    for currency, amount in (("EUR", "12.34"), ("GBP", "0.01")):
        Transfer.objects.create(
            transaction=many, source=Account.FUND, destination=Account.VENUE, amount=Decimal(amount), currency=currency
        )
    response = client.get("/ledger.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = read(response.getvalue())
    assert len(rows) == 8
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["transaction"], row["currency"]] += Decimal(row["amount"])
    assert set(sums.values()) == {Decimal(0)}
    assert rows[0] == {
        "transaction": rows[0]["transaction"],
        "date": "2026-11-03",
        "account": "vendor",
        "group": group.slug,
        "organisation": "acme",
        "amount": "-60.00",
        "currency": "GBP",
        "note": "Pizza for twelve",
    }


def test_an_empty_book_has_its_columns(client, db) -> None:
    assert read(client.get("/ledger.csv").getvalue()) == []


@pytest.mark.parametrize("note", ["=HYPERLINK(1)", "+44", "-1", "@SUM", "\tx", "\rx"])
def test_no_note_becomes_a_formula(client, db, note) -> None:
    EntryFactory(note=note)
    assert [row["note"] for row in read(client.get("/ledger.csv").getvalue())] == [f"'{note}"] * 2


def test_commas_quotes_and_lines_survive(client, db) -> None:
    EntryFactory(note='Two "large", one small\nand a salad')
    assert read(client.get("/ledger.csv").getvalue())[0]["note"] == 'Two "large", one small\nand a salad'


def test_it_can_be_narrowed_like_the_page(client, group) -> None:
    EntryFactory(group=group)
    EntryFactory()
    rows = read(client.get("/ledger.csv", {"group": group.slug, "year": "2026"}).getvalue())
    assert {row["group"] for row in rows} == {group.slug}


def test_a_large_book_is_read_in_pieces(client, group, acme, monkeypatch, django_assert_num_queries) -> None:
    from sponsors.queries import ledger

    monkeypatch.setattr(ledger, "CHUNK", 2)
    for _ in range(5):
        EntryFactory(group=group, organisation=acme)
    with django_assert_num_queries(6):
        rows = read(client.get("/ledger.csv").getvalue())
    assert len(rows) == 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.asyncio
async def test_an_asynchronous_server_streams_it_too() -> None:
    from asgiref.sync import sync_to_async

    await sync_to_async(EntryFactory)()
    response = await AsyncClient().get("/ledger.csv")
    assert response.is_async
    body = b"".join([piece async for piece in response.streaming_content])
    assert len(read(body)) == 2
