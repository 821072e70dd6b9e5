"""Rules across tables, held by triggers: set up after every migration, taken away before one.

A table remake on SQLite fails while a trigger of another table names it, and drops the table's own triggers without a
word; so they never stand while migrations run. Should a migration break off half-way, `check --database default` says
which are missing, and the next `migrate` sets them up.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as Note
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from sponsors.models import book, neutrality

Triggers = dict[tuple[str, str], str]
TABLES = {*neutrality.TABLES.values(), book.TRANSACTIONS, book.TRANSFERS}
MAKERS: dict[str, tuple[Callable[[], Triggers], ...]] = {
    "sqlite": (neutrality.sqlite, book.sqlite),
    "postgresql": (neutrality.postgresql, book.postgresql),
}


def install(using: str = "default", **_: Any) -> None:
    """Set the triggers up; harmless when they stand. Called by `post_migrate`; waits until all the tables are there."""
    connection = connections[using]
    if not set(connection.introspection.table_names()) >= TABLES:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        drop(using)
        for statement in _triggers(connection).values():
            cursor.execute(statement.replace("{schema}", _schema(connection)))


def drop(using: str = "default", plan: list[Any] | None = None, **_: Any) -> None:
    """Take the triggers away. Called by `pre_migrate`, whose empty plan means that nothing is about to change."""
    connection = connections[using]
    if plan == []:
        return
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table in _triggers(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            elif table in there:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing(using: str = "default") -> list[str]:
    """The names of triggers that do not stand, or are switched off."""
    connection = connections[using]
    standing = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(standing)
        found = {row[0] for row in cursor.fetchall()}
    return sorted(name for name, _ in _triggers(connection) if name not in found)


def breaches(using: str = "default") -> list[tuple[int, int, int]]:
    """(membership, affiliation, sponsorship) of every breach of neutrality; never any."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(neutrality.breaches(connection.vendor))
        return [tuple(row) for row in cursor.fetchall()]


def check(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Are the guards standing, and was nothing written while they were away? Warnings: `migrate` must still run."""
    found: list[CheckMessage] = []
    for using in databases or []:
        if not set(connections[using].introspection.table_names()) >= TABLES:
            continue
        if names := missing(using):
            hint = "A migration broke off. Run `manage.py migrate`: it sets them up."
            found.append(Note(f"Guards are missing: {', '.join(names)}.", hint=hint, id="sponsors.W001"))
        if rows := breaches(using):
            hint = "Membership, affiliation, sponsorship by number. End the role or the sponsorship in those days."
            found.append(Note(f"Neutrality is broken {len(rows)} times: {rows[:5]}.", hint=hint, id="sponsors.W002"))
    return found


def _triggers(connection: BaseDatabaseWrapper) -> Triggers:
    return {key: sql for make in MAKERS[connection.vendor] for key, sql in make().items()}


def _schema(connection: BaseDatabaseWrapper) -> str:
    """Where our tables are: named in the functions, so that a temporary table of that name fools nobody."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])
