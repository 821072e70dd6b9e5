"""Several changes in one trip to the database: what every reply waits for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection


class Change(NamedTuple):
    """One statement that changes rows, and its values in their order."""

    statement: str
    values: Sequence[Any]


def run(change: Change) -> None:
    """Make one change; one query."""
    with connection.cursor() as cursor:
        cursor.execute(change.statement, change.values)


def insert(row: Change, *others: Change) -> int:
    """Make these changes and answer the key of the row that `row` inserts; one query on PostgreSQL, one each on SQLite.

    They are about different tables, and none may rest on what another does: PostgreSQL shows each of them how things
    stood before all. Call it in a transaction.
    """
    changes = [*others, Change(f"{row.statement.strip()} RETURNING id", row.values)]
    if connection.vendor == "postgresql":
        changes = [_joined(changes)]
    with connection.cursor() as cursor:
        for statement, values in changes:
            cursor.execute(statement, values)
        key: int = cursor.fetchone()[0]
    return key


def _joined(changes: Sequence[Change]) -> Change:
    *first, last = changes
    named = ", ".join(f"change_{number} AS ({each.statement.strip()})" for number, each in enumerate(first))
    statement = f"WITH {named} {last.statement}" if named else last.statement
    return Change(statement, [value for each in changes for value in each.values])
