"""Who hears of a message: everyone with the room open, those it mentions and the one it answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from chat.models import Extract, Message, Room, Seat
from chat.text import lines
from community.models import Member, Membership
from community.text import Rendered
from live.publish import publish
from notifications.actions import notify
from notifications.registry import Kind

MENTIONED = Kind("chat.mentioned", "Someone mentions you in chat", delay=120)
ANSWERED = Kind("chat.answered", "Someone answers you in chat", delay=120)
SILENCED = Kind("chat.silenced", "You are asked to listen in a room", must_send=True)
ASKED = Kind("chat.asked", "Someone wants to put your words into a topic")
DECIDED = Kind("chat.decided", "Your words were put into a topic", must_send=True)
MOST_MENTIONS = 10
"""A message that names more people tells only the first of them."""


def changed(message: Message, room: Room) -> dict[str, Any]:
    """Open pages get the message as it now looks: said, edited, marked, taken down or put back; answers the frame."""
    label = lines.labels_of([message], room.group).get(message.author_id)
    stream, event, payload = f"room:{room.pk}", lines.event_of(message), lines.payload(message, room, label)
    publish(stream, event, payload, seq=message.changed_seq)
    return {"type": event, "stream": stream, "seq": message.changed_seq, **payload}


def mentioned(message: Message, room: Room, rendered: Rendered, *, at: datetime) -> None:
    """Those it names; once each, edits included."""
    if named := rendered.mentioned_ids[:MOST_MENTIONS]:
        _tell(MENTIONED, "mentioned", named, message, room, rendered, at)


def answered(message: Message, room: Room, rendered: Rendered, *, at: datetime) -> None:
    """The author of the message it replies to."""
    if message.answers is not None:
        _tell(ANSWERED, "answered", [message.answers.author_id], message, room, rendered, at)


def silenced(room: Room, member: Member, until: datetime, why: str, *, at: datetime) -> None:
    """The one who is asked to listen, with the reason and how long."""
    local = until.astimezone(ZoneInfo(member.time_zone))
    said = notify.Message(
        kind=SILENCED.name,
        title=Truncator(f"You may read “{room.title}”, and write there again from {local:%-d %B, %H:%M}").chars(200),
        url=room.get_absolute_url(),
        dedupe=f"silence:{room.pk}:{at.isoformat()}",
        excerpt=why,
        scope=room.group.scope,
        subject=f"room:{room.pk}",
    )
    notify.tell([member.pk], said, at=at)


def asked(extract: Extract, room: Room, author_ids: Iterable[int], *, at: datetime) -> None:
    """Authors whose words would be read by more people: theirs to say yes or no."""
    title = f"May your words in “{room.title}” stand in the topic “{extract.title}”?"
    _about(extract, ASKED, title, reverse("chat:asked"), author_ids, at)


def decided(extract: Extract, room: Room, author_ids: Iterable[int], *, at: datetime) -> None:
    """Authors who were not asked, with the reason."""
    title = f"Your words in “{room.title}” now stand in the topic “{extract.title}”"
    where = extract.topic.get_absolute_url() if extract.topic else room.get_absolute_url()
    _about(extract, DECIDED, title, where, author_ids, at)


def _about(extract: Extract, kind: Kind, title: str, url: str, author_ids: Iterable[int], at: datetime) -> None:
    said = notify.Message(
        kind=kind.name,
        title=Truncator(title).chars(200),
        url=url,
        dedupe=f"extract:{extract.pk}",
        excerpt=extract.decided_why,
        scope=extract.room.group.scope,
        subject=f"extract:{extract.pk}",
    )
    notify.tell(author_ids, said, at=at, actor_id=extract.made_by_id)


def _tell(
    kind: Kind, did: str, whom: Sequence[int], message: Message, room: Room, rendered: Rendered, at: datetime
) -> None:
    """Where they may see the room and have not blocked the author; one notice a message."""
    hearers = Member.objects.present().filter(_sees(room), pk__in=whom).exclude(blocks__blocked=message.author_id)
    said = notify.Message(
        kind=kind.name,
        title=Truncator(f"{message.author.shown_name} {did} you in “{room.title}”").chars(200),
        url=message.get_absolute_url(),
        dedupe=f"message:{message.pk}",
        excerpt=rendered.excerpt,
        scope=room.group.scope,
        subject=f"room:{room.pk}",
    )
    notify.tell(hearers.values_list("pk", flat=True), said, at=at, actor_id=message.author_id)


def _sees(room: Room) -> Q:
    """`Room.visible_to` asked from the other side."""
    places = Membership.objects.live().filter(group=room.group_id)
    if room.audience == Room.Audience.GROUP:
        return Q(pk__in=places.values("member")) | Q(is_moderator=True)
    seats = Seat.objects.filter(room=room, left_at=None)
    governing = places.governing()
    return Q(pk__in=seats.values("member")) | Q(pk__in=governing.values("member")) | Q(is_moderator=True)
