"""Rooms, seats and messages."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from chat import models
from tests.factories.community import GroupFactory, MemberFactory

BEGAN = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = models.Room

    group = factory.SubFactory(GroupFactory)
    title = factory.Sequence(lambda n: f"Room {n}")
    created_at = BEGAN


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = models.Seat

    room = factory.SubFactory(RoomFactory, audience=models.Room.Audience.SEATED)
    member = factory.SubFactory(MemberFactory)
    seated_at = BEGAN
