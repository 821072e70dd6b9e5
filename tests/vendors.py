"""Tests marked `postgres` or `sqlite` belong to that database: on the other one they are not collected, not skipped.

The suite runs on both (`python -m tests`), so each of them runs once.
"""

import pytest
from django.db import connection

MARKS = {"postgres": "postgresql", "sqlite": "sqlite"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other database proves."""
    elsewhere = [mark for mark, vendor in MARKS.items() if vendor != connection.vendor]
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in elsewhere)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
