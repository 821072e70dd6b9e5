"""Statements that Django writes once for each shape they have; then only the values change.

A list as one member meets it joins nine tables. Writing that statement anew for each of them took Django six times as
long as PostgreSQL took to answer it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from community.models import Group, Member
from forum.models import Category

_SINCE = datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and where; `since` is as `unread.since` tells. A place is known by its key alone."""

    reader: Member | None
    since: datetime = _SINCE
    group: Group | None = None
    category: Category | None = None
    topic: int | None = None


Build = Callable[[Asked], "QuerySet[Any, Any]"]
"""What is found, as a query set: of a reader only their key and whether they moderate the site may shape it."""

_READER, _GROUP, _CATEGORY, _TOPIC = (9_007_199_254_740_000 + own for own in (881, 847, 761, 727))
"""They stand in a statement where a reader's own values go; nobody has them."""
_LEARNT = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")
"""What a compiler knows once it has written a statement, and needs to read the answer."""


@dataclass(frozen=True, slots=True)
class _Written:
    rows: QuerySet[Any, Any]
    statement: str
    values: tuple[Any, ...]
    learnt: dict[str, Any]


_written: dict[Hashable, _Written] = {}


def ask(shape: Hashable, build: Build, asked: Asked) -> list[Any]:
    """What `build` finds; `shape` names all else that it depends on. One query."""
    reader = asked.reader if asked.reader is not None and asked.reader.pk else None
    kind = reader and reader.is_moderator, asked.group is None, asked.category is None, asked.topic is None
    key = connection.vendor, shape, kind
    found = _written.get(key)
    if found is None:
        found = _written[key] = _write(build, asked)
    moment = connection.ops.adapt_datetimefield_value
    own = {
        _READER: reader and reader.pk,
        _GROUP: asked.group and asked.group.pk,
        _CATEGORY: asked.category and asked.category.pk,
        _TOPIC: asked.topic,
        moment(_SINCE): moment(asked.since),
    }
    values = tuple([own.get(value, value) for value in found.values])
    rows = found.rows.all()

    def compiler(using: str | None = None, *_: Any, **__: Any) -> SQLCompiler:
        made = SQLCompiler(rows.query, connection, using)
        for name, value in found.learnt.items():
            setattr(made, name, value)
        setattr(made, "as_sql", lambda *_, **__: (found.statement, values))  # noqa: B010  (Django's types know no such thing)
        return made

    setattr(rows.query, "get_compiler", compiler)  # noqa: B010  (the same)
    return list(rows)


def _write(build: Build, asked: Asked) -> _Written:
    reader = asked.reader if asked.reader is not None and asked.reader.pk else None
    anybody = Member(pk=_READER, is_moderator=reader.is_moderator, joined_at=_SINCE) if reader else None
    group, category = asked.group and Group(pk=_GROUP), asked.category and Category(pk=_CATEGORY)
    rows = build(Asked(anybody, _SINCE, group, category, _TOPIC if asked.topic else None))
    compiler = rows.query.get_compiler(using=rows.db)
    statement, values = compiler.as_sql()
    return _Written(rows, statement, tuple(values), {name: getattr(compiler, name) for name in _LEARNT})
