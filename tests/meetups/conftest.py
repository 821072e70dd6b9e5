"""What tests of evenings share."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache

from tests.meetups.readers import ical_js

__all__ = ["ical_js", "now"]


@pytest.fixture
def now(at: datetime) -> Iterator[datetime]:
    """The clock stands at `at`, and nobody has asked for anything yet."""
    cache.clear()
    with time_machine.travel(at, tick=False):
        yield at
