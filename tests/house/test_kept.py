"""The watch over what actions say (`tests/kept.py`) notices one that forgets."""

from datetime import datetime
from typing import Any

import pytest
from django.conf import settings

from live.changes import changed
from meetups.models import Meetup
from tests.factories.meetups import MeetupFactory
from tests.kept import Watch

ACTION = """
def hurry(meetup, parts):
    Meetup.objects.filter(pk=meetup.pk).update(title="Another")
    if parts:
        changed(*parts)
"""


def action() -> Any:
    """As it would stand in a file of actions."""
    found: dict[str, Any] = {"Meetup": Meetup, "changed": changed}
    exec(compile(ACTION, str(settings.BASE_DIR / "meetups" / "actions" / "hurried.py"), "exec"), found)
    return found["hurry"]


@pytest.mark.parametrize(
    ("parts", "is_noticed"),
    [((), True), (("sponsors",), True), (("meetups",), False), (("evenings:3",), False), (("site",), False)],
)
def test_an_action_that_forgets_is_noticed(watch: Watch, at: datetime, db: None, parts: Any, is_noticed: bool) -> None:
    meetup = MeetupFactory(starts_at=at)
    hurry = action()
    hurry(meetup, ("meetups",))
    hurry(meetup, parts)
    forgotten = watch.forgotten()
    watch.written.clear()
    assert forgotten == ({"/meetups/actions/hurried.py hurry: meetups_meetup"} if is_noticed else set())
