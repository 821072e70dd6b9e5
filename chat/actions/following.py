"""What happens to a message later happens to what was cited of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from chat import notices
from chat.models import Citation, Message, Room
from chat.text import citing
from community.models import Member
from forum.actions import quoting


def link(messages: Iterable[Message], room: Room, topic_id: int | None) -> None:
    """The room says of each of these that it stands in a topic; each takes the room's next number."""
    held = Room.objects.select_related("group").get(pk=room.pk)
    for message in Message.objects.filter(pk__in=[each.pk for each in messages]).shown().order_by("seq"):
        held.last_seq += 1
        message.changed_seq, message.cited_in_id = held.last_seq, topic_id
        message.save(update_fields=["changed_seq", "cited_in"])
        notices.changed(message, held)
    held.save(update_fields=["last_seq"])


def follow(message: Message, room: Room) -> None:
    """It was changed, taken back, hidden or put back: the topics it stands in say so. No query for most."""
    if message.cited_in_id is not None:
        _rewrite(message, room, timezone.now())


def forget_author(*, member: Member, at: datetime) -> None:
    """Their name leaves the topics their messages stand in; the words stay, as in the room."""
    theirs = (
        Message.objects.filter(author=member)
        .exclude(cited_in=None)
        .select_related("author", "room__group", "enclosure__picture")
    )
    for message in theirs:
        _rewrite(message, message.room, at, author=citing.FORMER)


def _rewrite(message: Message, room: Room, at: datetime, *, author: str = "") -> None:
    def refreshed(body: str) -> str:
        return citing.refresh(body, message, room, author=author)

    for topic_id in _topics_of(message):
        quoting.rewrite(topic_id=topic_id, change=refreshed, at=at, holding=message.get_absolute_url())


def _topics_of(message: Message) -> list[int]:
    standing = Citation.objects.filter(message=message, state=Citation.State.STANDS)
    return list(standing.exclude(extract__topic=None).order_by("pk").values_list("extract__topic", flat=True))
