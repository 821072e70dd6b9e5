"""After a test that really commits, the database is emptied: only the tables that hold something, not all of them.

Django's own way (`flush`) empties every table and makes permissions, kinds of content and guards anew, which takes a
third of a second each time. It is still gone when something of what always stands was changed.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import TransactionTestCase

from community.models import guards as log_guards
from sponsors.models import guards as sponsor_guards

TRIGGERS = {
    "postgresql": "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
}
Rows = dict[str, list[Any]]


class Tidy:
    """Knows what stands in an empty database."""

    def __init__(self) -> None:
        self.usual: Rows = {}
        self.triggers: list[Any] = []
        models = apps.get_models(include_auto_created=True)
        self.tables = sorted({model._meta.db_table for model in models if model._meta.managed})

    def look(self) -> None:
        """This is what an empty database looks like."""
        self.usual = {table: _rows(table) for table in _filled(self.tables)}
        self.triggers = _all(TRIGGERS[connection.vendor])

    def empty(self) -> bool:
        """Take out what a test left; False where more than that must be mended."""
        if not self.usual or self.triggers != _all(TRIGGERS[connection.vendor]):
            return False
        filled = _filled(self.tables)
        if any(table not in filled or _rows(table) != rows for table, rows in self.usual.items()):
            return False
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")  # no guards, and no order to keep
            else:
                log_guards.drop()
                sponsor_guards.drop()
            for table in filled:
                if table not in self.usual:
                    cursor.execute(f'DELETE FROM "{table}"')
            if connection.vendor != "postgresql":
                log_guards.install()
                sponsor_guards.install()
        return True


def _all(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _rows(table: str) -> list[Any]:
    return sorted(_all(f'SELECT * FROM "{table}"'), key=repr)


def _filled(tables: list[str]) -> list[str]:
    """Which of them hold anything; one query."""
    (found,) = _all("SELECT " + ", ".join(f'EXISTS(SELECT 1 FROM "{table}")' for table in tables))
    return [table for table, is_filled in zip(tables, found, strict=True) if is_filled]


@pytest.fixture(scope="session", autouse=True)
def _tidy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        tidy, flush = Tidy(), TransactionTestCase._fixture_teardown

        def tear_down(case: TransactionTestCase) -> None:
            try:
                if tidy.empty():
                    return
            except ProgrammingError:  # a server of others, where we may not do all
                pass
            log_guards.drop()
            sponsor_guards.drop()
            flush(case)
            tidy.look()

        patch.setattr(TransactionTestCase, "_fixture_teardown", tear_down)
        yield
