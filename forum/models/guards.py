"""What is true across topics and posts, held by triggers: the answer of a topic stands in that topic.

Set up after every migration and taken away before one: a table remake on SQLite fails while a trigger of another table
names it, and drops the table's own without a word. Moving a post lets go of the answer first, then marks it again.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {"forum_topic", "forum_post"}
SAYS = "topic_answer_is_its_own: the answer of a topic is one of its posts"
_STRAY = (
    "NEW.solved_by_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM forum_post WHERE forum_post.id = NEW.solved_by_id AND forum_post.topic_id = NEW.id)"
)
_LEFT = "EXISTS (SELECT 1 FROM forum_topic WHERE solved_by_id = NEW.id AND forum_topic.id <> NEW.topic_id)"
RULES = {
    "forum_topic_answer_added": ("forum_topic", "INSERT", _STRAY),
    "forum_topic_answer_changed": ("forum_topic", "UPDATE OF solved_by_id", _STRAY),
    "forum_post_answer_moved": ("forum_post", "UPDATE OF topic_id", _LEFT),
}
"""Trigger: its table, when it looks, and what must not be."""


def install(using: str = "default", **_: Any) -> None:
    """Set the triggers up; harmless when they stand. Called by `post_migrate`."""
    connection = connections[using]
    if not _is_ready(connection):
        return
    drop(using)
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for name, (table, verb, wrong) in RULES.items():
            cursor.execute(make(name, table, verb, wrong))


def drop(using: str = "default", plan: list[Any] | None = None, **_: Any) -> None:
    """Take the triggers away. Called by `pre_migrate`, whose empty plan means that nothing is about to change."""
    connection = connections[using]
    if plan == [] or not set(connection.introspection.table_names()) >= TABLES:
        return
    with connection.cursor() as cursor:
        for name, (table, _verb, _wrong) in RULES.items():
            where = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def _is_ready(connection: BaseDatabaseWrapper) -> bool:
    if not set(connection.introspection.table_names()) >= TABLES:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "forum_topic")
    return any(column.name == "solved_by_id" for column in columns)


def _sqlite(name: str, table: str, verb: str, wrong: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {verb} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"


def _postgresql(name: str, table: str, verb: str, wrong: str) -> str:
    return f"""
    CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {wrong} THEN
        RAISE EXCEPTION '{SAYS}' USING ERRCODE = '23514', CONSTRAINT = 'topic_answer_is_its_own';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"""
