"""The word index of posts and titles, beside the tables it reads.

PostgreSQL: generated columns, made by a migration. SQLite: FTS5 tables over the same rows, kept true by triggers. A
SQLite migration remakes a table and loses its triggers without a word, so they are dropped before a migration of this
app, made again after it, and the index is then built afresh.
"""

# ruff: noqa: S608  (the only names in these statements are those of INDEXES)
from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

INDEXES = (("forum_post", "body"), ("forum_topic", "title"))
"""(table, column): the index of a table is called `<table>_words`."""


def before_migrate(*, using: str, plan: Iterable[Any] = (), **_: Any) -> None:
    """Take the triggers away when a migration of this app is about to run."""
    connection = connections[using]
    if connection.vendor != "sqlite" or all(migration.app_label != "forum" for migration, _backwards in plan):
        return
    with connection.cursor() as cursor:
        for table, _column in INDEXES:
            for name in _triggers(table, ""):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def after_migrate(*, using: str, **_: Any) -> None:
    """Make what is missing, and build an index afresh whose triggers were away."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    there = _names(connection)
    for table, column in INDEXES:
        triggers = _triggers(table, column)
        if table not in there or triggers.keys() <= there:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_words USING fts5({column}, content='{table}', "
                "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
            )
            for name, statement in triggers.items():
                if name not in there:
                    cursor.execute(statement)
            cursor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')")


def _triggers(table: str, column: str) -> dict[str, str]:
    words = f"{table}_words"
    add = f"INSERT INTO {words}(rowid, {column}) VALUES (new.id, new.{column});"
    take = f"INSERT INTO {words}({words}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
    return {
        f"{words}_added": f"CREATE TRIGGER {words}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"{words}_gone": f"CREATE TRIGGER {words}_gone AFTER DELETE ON {table} BEGIN {take} END",
        f"{words}_changed": (
            f"CREATE TRIGGER {words}_changed AFTER UPDATE OF {column} ON {table} BEGIN {take} {add} END"
        ),
    }


def _names(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
        return {name for (name,) in cursor.fetchall()}
