"""The log cannot be rewritten, not even by raw SQL: triggers, installed after and taken away before each migration.

A table remake on SQLite drops triggers without a word, so they never stand while migrations run.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "community_logentry"
NAME = "community_log_stands"
SAYS = "the log is append-only"

SQLITE_INSTALL = [
    f"CREATE TRIGGER IF NOT EXISTS {NAME}_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_DROP = [f"DROP TRIGGER IF EXISTS {NAME}_update", f"DROP TRIGGER IF EXISTS {NAME}_delete"]

POSTGRES_DROP = [
    f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}",
    f"DROP TRIGGER IF EXISTS {NAME}_whole ON {TABLE}",
]
POSTGRES_INSTALL = [
    f"""CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *POSTGRES_DROP,
    f"CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    f"CREATE TRIGGER {NAME}_whole BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
]


def install(using: str = "default", **_: Any) -> None:
    """Set the triggers up; harmless when they stand already. Called by `post_migrate`."""
    _run(connections[using], SQLITE_INSTALL, POSTGRES_INSTALL)


def drop(using: str = "default", plan: list[Any] | None = None, **_: Any) -> None:
    """Take the triggers away. Called by `pre_migrate`, whose empty plan means that nothing is about to change."""
    if plan == []:
        return
    _run(connections[using], SQLITE_DROP, POSTGRES_DROP)


def _run(connection: BaseDatabaseWrapper, sqlite: list[str], postgres: list[str]) -> None:
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgres:
            cursor.execute(statement)
