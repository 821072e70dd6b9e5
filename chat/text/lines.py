"""How one message looks, on the page and on the wire: the same for everyone who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from chat.models import FACES, Message, Reaction, Room
from community.models import Group
from community.registry import Label, labels

TEMPLATE = "chat/parts/message.html"


def event_of(message: Message) -> str:
    """What happened to it last."""
    if message.deleted_at:
        return "message.removed"
    if message.hidden_at:
        return "message.hidden"
    if message.changed_seq == message.seq:
        return "message.added"
    return "message.edited" if message.edited_at else "message.marked"


def payload(message: Message, room: Room, label: Label | None) -> dict[str, Any]:
    """What an open page needs to show it; what was taken down leaves its place and nothing of its words."""
    context = {
        "message": message,
        "room": room,
        "zone": room.group.time_zone,
        "label": label,
        "is_first": True,
        "faces": faces_of(message),
    }
    return {
        "id": message.pk,
        "number": message.seq,
        "author": message.author_id,
        "key": message.client_key,
        "html": render_to_string(TEMPLATE, context).strip(),
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """One face under a message: its sign, its word, and whose it is."""

    name: str
    sign: str
    word: str
    member_ids: tuple[int, ...]


def faces_of(message: Message) -> list[Shown]:
    """The faces under a message, in the order they first came; no query for what is just said."""
    if message.changed_seq == message.seq or message.deleted_at or message.hidden_at:
        return []
    of_each: dict[str, list[int]] = {}
    for reaction in sorted(message.reactions.all(), key=lambda each: each.pk):
        of_each.setdefault(reaction.face, []).append(reaction.member_id)
    return [
        Shown(name, FACES[Reaction.Face(name)], Reaction.Face(name).label, tuple(ids)) for name, ids in of_each.items()
    ]


def frames(messages: Iterable[Message], room: Room) -> list[dict[str, Any]]:
    """Messages as the frames that would have told of them, in the given order."""
    messages = list(messages)
    known = labels_of(messages, room.group)
    return [
        {
            "type": event_of(message),
            "stream": f"room:{room.pk}",
            "seq": message.changed_seq,
            **payload(message, room, known.get(message.author_id)),
        }
        for message in messages
    ]


def labels_of(messages: Iterable[Message], group: Group) -> dict[int, Label]:
    """What must stand beside the names of their authors."""
    authors = {message.author_id for message in messages}
    return labels(authors, group) if authors else {}
