"""A statement is planned once a connection, answers the same, and survives what befalls a transaction."""

import pytest
from django.db import connection, transaction

from forum.queries.planned import Statement

NAMED = Statement("tests_named", "SELECT %(first)s || %(second)s", {"first": "text", "second": "text"})


def ask(first: str, second: str) -> str:
    with connection.cursor() as cursor:
        NAMED.ask(cursor, {"second": second, "first": first})
        return str(cursor.fetchone()[0])


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'tests_named'")
        return int(cursor.fetchone()[0])


def test_values_go_where_their_names_stand(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [ask("ab", "cd"), ask("it's", " $1")] == ["abcd", "it's $1"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans nothing ahead")
def test_it_is_planned_once_though_the_transaction_was_taken_back(db):
    with pytest.raises(ValueError, match="back"), transaction.atomic():
        ask("a", "b")
        raise ValueError("back")
    assert (ask("a", "b"), prepared()) == ("ab", 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans nothing ahead")
def test_nothing_is_planned_behind_a_pooler_that_shares_sessions(db, monkeypatch):
    before = prepared()
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    with connection.cursor() as cursor:
        Statement("tests_other", NAMED.text, NAMED.types).ask(cursor, {"first": "a", "second": "b"})
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'tests_other'")
        assert cursor.fetchone()[0] == 0
    assert prepared() == before
