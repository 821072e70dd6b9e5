"""React, pin, star. The first two stand in the room's log like words; a star is one's own."""

from datetime import datetime

from django.db import transaction

from chat.actions import writing
from chat.models import Message, Reaction, Star
from chat.policies.rooms import may_see
from chat.policies.speaking import may_pin, may_react
from community.models import Member


def react(*, member: Member, message: Message, face: str, is_on: bool, at: datetime) -> Message:
    """Put a face under a message, or take it away; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        room = writing.locked(message.room_id, member)
        message = writing.again(message.pk)
        may_react(member, message, room, at).or_refuse()
        mine = [each for each in message.reactions.all() if each.member_id == member.pk and each.face == face]
        if bool(mine) == is_on:
            return message
        if is_on:
            Reaction.objects.create(message=message, member=member, face=face, created_at=at)
        else:
            Reaction.objects.filter(pk=mine[0].pk).delete()
        message = writing.again(message.pk)
        writing.changed(message, room)
        return message


def pin(*, actor: Member, message: Message, is_pinned: bool, at: datetime) -> Message:
    """Keep a message in sight for everyone, or let it go; twice is once. Raises `NotAllowed`."""
    with transaction.atomic():
        room = writing.locked(message.room_id, actor)
        message = writing.again(message.pk)
        may_pin(actor, message, room).or_refuse()
        if (message.pinned_at is not None) != is_pinned:
            message.pinned_at = at if is_pinned else None
            writing.changed(message, room, "pinned_at")
    return message


def star(*, member: Member, message: Message, is_starred: bool, at: datetime) -> None:
    """Keep a message for oneself, or no longer; twice is once."""
    may_see(member, message.room).or_refuse()
    if is_starred:
        Star.objects.bulk_create([Star(message=message, member=member, created_at=at)], ignore_conflicts=True)
    else:
        Star.objects.filter(message=message, member=member).delete()
