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


class MessageFactory(DjangoModelFactory):
    """Takes the room's next number, as the verb does."""

    class Meta:
        model = models.Message

    room = factory.SubFactory(RoomFactory)
    author = factory.SubFactory(MemberFactory)
    body = factory.Sequence(lambda n: f"Words {n}")
    body_html = factory.LazyAttribute(lambda o: f"<p>{o.body}</p>")
    client_key = factory.Sequence(lambda n: f"key-{n:08}")
    created_at = BEGAN

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        room = kwargs["room"]
        room.refresh_from_db(fields=["last_seq", "message_count"])
        room.last_seq += 1
        room.message_count += 1
        room.save(update_fields=["last_seq", "message_count"])
        return super()._create(model_class, *args, **{"seq": room.last_seq, "changed_seq": room.last_seq} | kwargs)
