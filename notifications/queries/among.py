"""One of many values, in a statement of one's own: the same text however many there are, so it is planned once."""

import json
from collections.abc import Iterable
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
