"""What a test that commits leaves is gone before the next one, and what always stands is there again."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from tests.factories.meetups import RsvpFactory
from tests.tidy import Tidy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tidy() -> Tidy:
    """Of a database as a test finds it."""
    tidy = Tidy()
    tidy.look()
    return tidy


def test_what_was_left_is_taken_out(tidy: Tidy) -> None:
    before = {table for table in tidy.tables if tidy.usual.get(table)}
    RsvpFactory()
    assert tidy.empty()
    again = Tidy()
    again.look()
    assert set(again.usual) == before


def test_where_something_that_stands_was_changed_djangos_own_way_is_taken(tidy: Tidy, request: Any) -> None:
    Permission.objects.first().delete()
    assert not tidy.empty()
