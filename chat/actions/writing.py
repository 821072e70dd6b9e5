"""What all writers of a room share: its row locked, its next number, its open pages told."""

from chat import notices
from chat.actions import following
from chat.models import Message, Room
from community.models import Member
from community.text import Rendered
from community.text.render import render
from community.verdicts import NotAllowed

GONE = "There is no such room here."


def locked(pk: int, member: Member) -> Room:
    """The room with its row locked, if the member sees it: whoever changes a message comes through here."""
    rooms = Room.objects.visible_to(member).select_related("group").select_for_update(of=("self",), no_key=True)
    room = rooms.filter(pk=pk).first()
    if room is None:
        raise NotAllowed(GONE)
    return room


def plain(body: str) -> Rendered:
    """A short text without Markdown, as screening wants to see it."""
    return render(body, flavour="line")


def again(pk: int) -> Message:
    """The message as it stands under the lock."""
    return Message.objects.shown().get(pk=pk)


def changed(message: Message, room: Room, *fields: str) -> None:
    """Give the change the room's next number and tell open pages."""
    room.last_seq += 1
    message.changed_seq = room.last_seq
    message.save(update_fields=[*fields, "changed_seq"])
    room.save(update_fields=["last_seq", "message_count"])
    message.frame = notices.changed(message, room)
    if {"body", "deleted_at", "hidden_at"}.intersection(fields):
        following.follow(message, room)
