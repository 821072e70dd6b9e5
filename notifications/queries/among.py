"""One of many values, in a statement of one's own: the same text however many there are, so it is planned once."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection


def among(column: str, name: str) -> str:
    """The condition that `column` is one of the values bound as `name`."""
    return f"{column} IN ({each_of(name)})" if connection.vendor == "sqlite" else f"{column} = ANY(%({name})s)"


def each_of(name: str) -> str:
    """The values bound as `name`, a row each."""
    if connection.vendor == "sqlite":
        return f"SELECT value FROM json_each(%({name})s)"  # noqa: S608  (names of our own)
    return f"SELECT unnest(%({name})s::bigint[])"


def listed(ids: Iterable[int]) -> Any:
    """These ids as a value that both take."""
    return json.dumps(list(ids)) if connection.vendor == "sqlite" else list(ids)


def pairs_of(name: str) -> str:
    """The table, called `name`, of the pairs bound by `paired`: columns `who` and `moment`."""
    if connection.vendor == "sqlite":
        columns = "json_extract(value, '$[0]') AS who, json_extract(value, '$[1]') AS moment"
        return f"(SELECT {columns} FROM json_each(%({name})s)) {name}"  # noqa: S608  (names of our own)
    return f"unnest(%({name}_who)s::bigint[], %({name}_moment)s::timestamptz[]) AS {name}(who, moment)"


def paired(name: str, moments: Mapping[int, datetime | None]) -> dict[str, Any]:
    """Values that `pairs_of` takes."""
    adapted = {who: connection.ops.adapt_datetimefield_value(at) if at else None for who, at in moments.items()}
    if connection.vendor == "sqlite":
        return {name: json.dumps(list(adapted.items()))}
    return {f"{name}_who": list(adapted), f"{name}_moment": list(adapted.values())}


def cast(name: str, kind: str) -> str:
    """The value bound as `name`, of this type where a database asks for it."""
    return f"%({name})s" if connection.vendor == "sqlite" else f"%({name})s::{kind}"
