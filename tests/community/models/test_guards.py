"""The log stands against raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from community.models import LogEntry, guards
from tests.factories.community import LogEntryFactory

BREAKS = (
    "UPDATE community_logentry SET text = 'never happened'",
    "DELETE FROM community_logentry",
)


@pytest.mark.parametrize("sql", BREAKS)
def test_raw_sql_cannot_rewrite_the_log(db: None, sql: str) -> None:
    entry = LogEntryFactory(text="Appointed.")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(LogEntry.objects.values_list("pk", "text")) == [(entry.pk, "Appointed.")]


@pytest.mark.parametrize("sql", BREAKS)
def test_without_the_guards_it_could(db: None, sql: str) -> None:
    LogEntryFactory(text="Appointed.")
    guards.drop()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert not LogEntry.objects.filter(text="Appointed.").exists()
    guards.install()


def test_the_guards_stand_after_every_migration(db: None) -> None:
    LogEntryFactory()
    guards.drop()
    guards.install()
    guards.install()
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.update(text="x")
