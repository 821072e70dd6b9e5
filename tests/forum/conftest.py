"""Every test of the forum has rows."""

import pytest


@pytest.fixture(autouse=True)
def _rows(db: None) -> None:
    """Open the database for each test."""
