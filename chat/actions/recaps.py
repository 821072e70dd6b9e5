"""Messages cited in a post that a floor above writes, such as a recap: by the same rule as in a topic made of them."""

import re
from datetime import datetime
from hashlib import blake2s

from chat.actions import following
from chat.models import Citation, Extract, Message, Room
from chat.policies.extracts import is_wider
from chat.text import citing
from community.models import Member
from community.verdicts import NotAllowed
from forum.models import Category, Topic


def cited_in(body: str, room: Room) -> list[int]:
    """The numbers of the messages that a text cites, each with a line that leads back to it. No query."""
    found = re.findall(rf"^\*\*[^\n]*\]\(/chat/{room.pk}/\?at=(\d{{1,15}})#m\d+\)", body, re.MULTILINE)
    return sorted({int(number) for number in found})


def refreshed(*, actor: Member, room: Room, category: Category, body: str) -> str:
    """The text with each citation as its message stands now. Raises `NotAllowed` where one may not be read there."""
    numbers = cited_in(body, room)
    messages = list(Message.objects.filter(room=room, seq__in=numbers).select_related("author", "enclosure__picture"))
    if is_wider(room, category):
        free = standing(room, category)
        for message in messages:
            if message.author_id != actor.pk and message.pk not in free:
                name = citing.FORMER if message.author.departed_at else message.author.shown_name
                raise NotAllowed(
                    f"{name} said that among fewer people than will read this. Make a topic of it in the room, which "
                    "asks them first, or take it out here. What you wrote is kept."
                )
    for message in messages:
        body = citing.refresh(body, message, room)
    return body


def tie(*, actor: Member, room: Room, topic: Topic, body: str, at: datetime) -> None:
    """What a post of this topic cites follows its messages from now on, and the room says where they stand."""
    messages = list(Message.objects.filter(room=room, seq__in=cited_in(body, room)))
    if not messages:
        return
    extract, _ = Extract.objects.get_or_create(
        topic=topic,
        defaults={
            "room": room,
            "category": topic.category,
            "made_by": actor,
            "selection": blake2s(f"topic-{topic.pk}".encode(), digest_size=16).hexdigest(),
            "title": topic.title,
            "created_at": at,
        },
    )
    there = set(extract.citations.values_list("message", flat=True))
    new = [each for each in messages if each.pk not in there]
    Citation.objects.bulk_create(
        Citation(extract=extract, message=each, state=Citation.State.STANDS, settled_at=at) for each in new
    )
    following.link(new, room, topic.pk)


def standing(room: Room, category: Category) -> set[int]:
    """Messages of a room that stand in that place already, by leave or by a recorded decision; one query."""
    rows = Citation.objects.filter(message__room=room, state=Citation.State.STANDS, extract__category=category)
    return set(rows.values_list("message", flat=True))
