"""Statements that PostgreSQL plans once a connection instead of each time they are asked.

Planning a statement over nine tables costs it more than answering for one row.
"""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""By the driver's own connection, which is one session of the database: what was prepared in it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A name of its own, the text with `%(name)s` where values go, and for each name its type in PostgreSQL."""

    name: str
    text: str
    types: dict[str, str]

    def ask(self, cursor: CursorWrapper, values: dict[str, Any]) -> None:
        """Execute it; one statement. As it is written on SQLite, and behind a pooler that shares sessions."""
        if connection.vendor != "postgresql" or connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            cursor.execute(self.text, values)
            return
        # The driver's own connection is asked: Django's would count a statement that is not the reader's.
        session = connection.connection
        known = _planned.setdefault(session, set())
        if self.name not in known:
            places = {name: f"${number}" for number, name in enumerate(self.types, start=1)}
            session.execute(f"PREPARE {self.name} ({', '.join(self.types.values())}) AS {self.text % places}")
            known.add(self.name)
        spelled = ", ".join(["%s"] * len(self.types))
        cursor.execute(f"EXECUTE {self.name} ({spelled})", [values[name] for name in self.types])
