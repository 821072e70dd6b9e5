"""Who hears of a message: everyone with the room open, and those it mentions."""

from datetime import datetime

from django.db.models import Q
from django.utils.text import Truncator

from chat import text
from chat.models import Message, Room, Seat
from community.models import Member, Membership
from community.text import Rendered
from live.publish import publish
from notifications.actions import notify
from notifications.registry import Kind

MENTIONED = Kind("chat.mentioned", "Someone mentions you in chat", delay=120)
MOST_MENTIONS = 10
"""A message that names more people tells only the first of them."""


def changed(message: Message, room: Room) -> None:
    """Open pages get the message as it now looks: said, edited, taken down or put back."""
    label = text.labels_of([message], room.group).get(message.author_id)
    event = text.event_of(message)
    publish(f"room:{room.pk}", event, text.payload(message, room, label), seq=message.changed_seq)


def mentioned(message: Message, room: Room, rendered: Rendered, *, at: datetime) -> None:
    """Those it names, where they may see the room and have not blocked the author; once each, edits included."""
    named = rendered.mentioned_ids[:MOST_MENTIONS]
    if not named:
        return
    hearers = Member.objects.present().filter(_sees(room), pk__in=named).exclude(blocks__blocked=message.author_id)
    said = notify.Message(
        kind=MENTIONED.name,
        title=Truncator(f"{message.author.shown_name} mentioned you in “{room.title}”").chars(200),
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
