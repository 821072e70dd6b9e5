"""A group's room and one who belongs there."""

import pytest

from chat.models import Room
from tests.factories.chat import RoomFactory


@pytest.fixture
def room(group) -> Room:
    return RoomFactory(group=group, is_main=True, title="The back room")
