"""Statements that Django writes once for each shape they have; then only the values change.

A list as one member meets it joins nine tables. Writing that statement anew for each of them took Django six times as
long as PostgreSQL took to answer it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Value = int | datetime | None
_NUMBER = 9_007_199_254_740_000
_MOMENT = datetime(1901, 2, 3, 4, 5, 6, tzinfo=UTC)
"""What stands in a statement where a number or a moment goes, a little more for each: nothing here has them."""
_LEARNT = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")
"""What a compiler knows once it has written a statement, and needs to read the answer."""


@dataclass(frozen=True, slots=True)
class _Written:
    rows: QuerySet[Any, Any]
    statement: str
    values: tuple[Any, ...]
    learnt: dict[str, Any]


_written: dict[Hashable, _Written] = {}


def ask(shape: Hashable, build: Callable[..., "QuerySet[Any, Any]"], **values: Value) -> list[Any]:
    """What `build(**values)` finds; `shape` names all else that it depends on. One query.

    `build` is called once for each shape, with values of no meaning, and uses them as they are: a moment worked out of
    one raises `ValueError`. None is part of the shape. It may lock rows, where a transaction is open.
    """
    key = connection.vendor, shape, *(name for name, value in values.items() if value is None)
    if (found := _written.get(key)) is None:
        stand_ins = {name: _stand_in(n, value) for n, (name, value) in _told(values)}
        found = _write(build(**stand_ins))
        _refuse_what_was_worked_out(found.values, {_adapted(each) for each in stand_ins.values()})
        _written[key] = found
    own = {_adapted(_stand_in(n, value)): _adapted(value) for n, (_, value) in _told(values)}
    return _read(found, tuple([own.get(value, value) for value in found.values]))


def _told(values: dict[str, Value]) -> "enumerate[tuple[str, Value]]":
    return enumerate(values.items(), start=1)


def _stand_in(place: int, value: Value) -> Value:
    if isinstance(value, datetime):
        return _MOMENT.replace(microsecond=place)
    return None if value is None else _NUMBER + place


def _adapted(value: Value) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _refuse_what_was_worked_out(values: tuple[Any, ...], stand_ins: set[Any]) -> None:
    for value in values:
        is_moment = isinstance(value, (date, str)) and str(value)[:4] in {"1900", "1901", "1902"}
        if is_moment and value not in stand_ins:
            raise ValueError(f"{value} was worked out of a value, and would stay what it is. Hand it over by itself.")


def _write(rows: "QuerySet[Any, Any]") -> _Written:
    compiler = rows.query.get_compiler(using=rows.db)
    statement, values = compiler.as_sql()
    return _Written(rows, statement, tuple(values), {name: getattr(compiler, name) for name in _LEARNT})


def _read(found: _Written, values: tuple[Any, ...]) -> list[Any]:
    rows = found.rows.all()

    def compiler(using: str | None = None, *_: Any, **__: Any) -> SQLCompiler:
        made = SQLCompiler(rows.query, connection, using)
        for name, value in found.learnt.items():
            setattr(made, name, value)
        setattr(made, "as_sql", lambda *_, **__: (found.statement, values))  # noqa: B010  (Django's types know no such thing)
        return made

    setattr(rows.query, "get_compiler", compiler)  # noqa: B010  (the same)
    return list(rows)
