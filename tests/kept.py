"""No action leaves a kept page as it was: what it writes of what visitors see, it must say to `live.changes`.

Watches every test: each outermost call into an `actions/` module that writes one of `SHOWN` must say one of its parts.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import FrameType, SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from live import changes

EVENINGS = ("meetups", "evenings:")
SHOWN = {
    "meetups_meetup": EVENINGS,
    "meetups_rsvp": EVENINGS,
    "meetups_agendaitem": EVENINGS,
    "meetups_point": ("meetup:", "evenings:"),
    "meetups_recap": ("meetup:",),
    "meetups_subject": ("subjects",),
    "meetups_programmeevent": ("dates",),
    "meetups_proposal": EVENINGS,
    "meetups_vote": EVENINGS,
    "community_group": ("groups", "meetups"),
    "community_membership": ("group:",),
    "community_affiliation": (),
    "sponsors_vendorevent": ("sponsors",),
    "sponsors_sponsorship": ("sponsors",),
    "sponsors_transfer": ("sponsors",),
}
"""Tables of which visitors see something, and the parts of which one must be said; "site" is always enough."""
WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
ACTIONS = re.compile(re.escape(str(settings.BASE_DIR)) + r"/\w+/actions/")


@dataclass
class Watch:
    """What was written and said, by the outermost call into an action."""

    written: dict[FrameType, set[str]] = field(default_factory=dict)
    said: dict[FrameType, set[str]] = field(default_factory=dict)

    def wrote(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Beside every statement."""
        result = execute(sql, params, many, context)
        found = WRITE.match(str(sql))
        if found and found[1] in SHOWN and context["cursor"].rowcount and (call := _outermost()):
            self.written.setdefault(call, set()).add(found[1])
        return result

    def on_commit(self, tell: "partial[None]", *, robust: bool) -> None:
        """Instead of Django's, for `live.changes`."""
        if call := _outermost():
            self.said.setdefault(call, set()).update(tell.args[0])
        transaction.on_commit(tell, robust=robust)

    def forgotten(self) -> set[str]:
        """What was written and not said, as "action: table"."""
        return {
            f"{call.f_code.co_filename.removeprefix(str(settings.BASE_DIR))} {call.f_code.co_name}: {table}"
            for call, tables in self.written.items()
            for table in tables
            if not any(part.startswith(("site", *SHOWN[table])) for part in self.said.get(call, ()))
        }


def _outermost() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    found = None
    while frame is not None:
        if ACTIONS.match(frame.f_code.co_filename):
            found = frame
        frame = frame.f_back
    return found


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Fails the test in which an action forgot."""
    watching = Watch()
    monkeypatch.setattr(changes, "transaction", SimpleNamespace(on_commit=watching.on_commit))
    connection.execute_wrappers.append(watching.wrote)
    yield watching
    connection.execute_wrappers.remove(watching.wrote)
    forgotten = watching.forgotten()
    assert not forgotten, f"these changed what visitors see and did not say so (live.changes.changed): {forgotten}"
