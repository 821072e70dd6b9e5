"""Rooms that do not keep everything for ever: what is old goes, what is pinned or cited stays."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from chat.models import Message, Room

AT_ONCE = 500


def forget(at: datetime) -> int:
    """Delete what has been kept long enough, a few hundred messages a room; how many. Due work, safe to run twice.

    The newest change of a room stays: its number is what pages that were away ask from.
    """
    gone = 0
    for room_id in Room.objects.exclude(keep_days=None).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            room = Room.objects.select_for_update().get(pk=room_id)
            if room.keep_days is None:
                continue
            old = Message.objects.filter(room=room, created_at__lt=at - timedelta(days=room.keep_days))
            free = old.filter(pinned_at=None, citations=None).exclude(changed_seq=room.last_seq)
            ids = list(free.order_by("seq").values_list("pk", flat=True)[:AT_ONCE])
            counted = Message.objects.filter(pk__in=ids, deleted_at=None, hidden_at=None).count()
            Message.objects.filter(pk__in=ids).delete()
            Room.objects.filter(pk=room_id).update(message_count=F("message_count") - counted)
            gone += len(ids)
    return gone
