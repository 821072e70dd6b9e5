"""How a message stands in a topic: by its number, with author and time; and how it is taken down there."""

import re
from zoneinfo import ZoneInfo

from chat.models import Message, Room

FORMER = "a former member"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|])")


def block(message: Message, room: Room, *, author: str = "") -> str:
    """The Markdown of one citation: a line with author and time that leads back, and the words as a quote."""
    when = message.created_at.astimezone(ZoneInfo(room.group.time_zone))
    name = author or (FORMER if message.author.departed_at else message.author.shown_name)
    named = _SPECIAL.sub(r"\\\1", name)
    head = f"**{named}**, [{when:%-d %B %Y, %H:%M}]({message.get_absolute_url()})"
    return f"{head}\n\n{quoted(message)}"


def quoted(message: Message) -> str:
    """What it says now, as a quote; nothing of what was taken down."""
    if message.deleted_at:
        words = "*Taken back by its author.*"
    elif message.hidden_at:
        words = "*Hidden by a moderator.*"
    else:
        words = _with_picture(message)
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def _with_picture(message: Message) -> str:
    """Its picture too: shown to whoever reads the topic, for as long as the message stands."""
    if message.enclosure is None:
        return message.body
    named, picture = _SPECIAL.sub(r"\\\1", message.enclosure.words or "A picture"), message.enclosure.picture
    return f"{message.body}\n\n![{named}]({message.enclosure.get_absolute_url()}?w={picture.width}&h={picture.height})"


def refresh(body: str, message: Message, room: Room, *, author: str = "") -> str:
    """The text of a topic with this citation as the message stands now; the words around it stay as they are."""
    place = re.escape(f"]({message.get_absolute_url()})")
    found = re.compile(rf"^\*\*[^\n]*{place}[^\n]*\n+(?:>[^\n]*(?:\n|$))+", re.MULTILINE)
    return found.sub(lambda _: f"{block(message, room, author=author)}\n", body)


def body(messages: list[Message], room: Room) -> str:
    """All citations of a topic, in the order they were said."""
    return "\n".join(f"{block(message, room)}\n" for message in sorted(messages, key=lambda each: each.seq))


def insert(text: str, message: Message, room: Room, before: Message | None) -> str:
    """Put one more citation where it belongs: before the next one that stands in the topic, or at the end."""
    if f"]({message.get_absolute_url()})" in text:
        return text
    new = f"{block(message, room)}\n\n"
    if before is not None:
        place = re.escape(f"]({before.get_absolute_url()})")
        head = re.compile(rf"^\*\*[^\n]*{place}", re.MULTILINE)
        if found := head.search(text):
            return f"{text[: found.start()]}{new}{text[found.start() :]}"
    return f"{text.rstrip()}\n\n{new}"
