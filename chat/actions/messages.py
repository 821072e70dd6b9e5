"""Say, edit, remove; hide and restore for moderation. Each takes the room's next number in its own commit."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from chat import notices
from chat.actions import writing
from chat.models import Enclosure, Message, Room
from chat.policies.speaking import may_change, place_of
from community.actions.groups import light_tab
from community.models import Member
from community.text import Rendered
from community.text.render import render
from community.verdicts import NotAllowed, no
from moderation import screening


class Reused(Exception):  # noqa: N818  (it says the outcome)
    """A key that was sent before came back with other words: `message` is what it said the first time."""

    def __init__(self, message: Message) -> None:
        """Keep the message."""
        super().__init__("This key was already used for another message.")
        self.message = message


class _Sent(Exception):  # noqa: N818  (it says the outcome)
    """The key is known: what was begun is undone, and the first result answered."""


def say(
    *,
    author: Member,
    room: Room,
    body: str,
    client_key: str,
    at: datetime,
    answers: int | None = None,
    enclosure: Enclosure | None = None,
) -> Message:
    """Say something; the same key again answers the first result. Raises `NotAllowed`, `Reused`.

    Of `room` only its id is used: four queries, whatever the size of the room. `answers` is the number of the message
    this one replies to; where that is gone, it is said without.
    """
    body = body.strip()
    rendered = _prepared(author, body)
    try:
        with transaction.atomic():
            return _say(author, room.pk, body, rendered, client_key, at, answers, enclosure)
    except (_Sent, IntegrityError):
        # The constraint decides where the same key is sent twice at the same moment.
        earlier = Message.objects.filter(author=author, client_key=client_key).select_related("author").first()
        if earlier is None:
            raise
        return _same(earlier, room, body)


def edit(*, author: Member, message: Message, body: str, at: datetime) -> Message:
    """Change one's own words. Raises `NotAllowed`."""
    body = body.strip()
    rendered = _prepared(author, body)
    with transaction.atomic():
        room = writing.locked(message.room_id, author)
        message = writing.again(message.pk)
        may_change(author, message, room, at).or_refuse()
        if message.body == body:
            return message
        message.body, message.body_html, message.edited_at = body, rendered.html, at
        writing.changed(message, room, "body", "body_html", "edited_at")
        notices.mentioned(message, room, rendered, at=at)
    return message


def remove(*, author: Member, message: Message, at: datetime) -> Message:
    """Take one's own words down: the place stays, the words are shown to nobody. Twice is once."""
    with transaction.atomic():
        room = writing.locked(message.room_id, author)
        message = writing.again(message.pk)
        if message.deleted_at and message.author_id == author.pk:
            return message
        may_change(author, message, room, at).or_refuse()
        message.deleted_at, message.pinned_at = at, None
        room.message_count -= 1
        writing.changed(message, room, "deleted_at", "pinned_at")
    return message


def hide(*, message_id: int, at: datetime) -> None:
    """Fold a message away after a decision; may run twice. Its author is told by `moderation`."""
    _set_hidden(message_id, at)


def restore(*, message_id: int, at: datetime) -> None:
    """Undo `hide`; may run twice."""
    _set_hidden(message_id, None)


def _say(
    author: Member,
    room_id: int,
    body: str,
    rendered: Rendered,
    client_key: str,
    at: datetime,
    answers: int | None,
    enclosure: Enclosure | None,
) -> Message:
    # The clock moves first: the UPDATE is the lock, and a refusal takes the number back with everything else.
    moved = {"last_seq": F("last_seq") + 1, "message_count": F("message_count") + 1}
    Room.objects.filter(pk=room_id).update(**moved)
    place = place_of(author, room_id, client_key, at)
    if place is None:
        raise NotAllowed(writing.GONE)
    if place.is_sent:
        raise _Sent
    place.may_say(at).or_refuse()
    message = Message.objects.create(
        room=place.room,
        author=author,
        seq=place.room.last_seq,
        changed_seq=place.room.last_seq,
        body=body,
        body_html=rendered.html,
        client_key=client_key,
        answers=_answered(room_id, answers),
        enclosure=enclosure,
        created_at=at,
    )
    light_tab(place.room.group, "chat")
    message.frame = notices.changed(message, place.room)
    notices.mentioned(message, place.room, rendered, at=at)
    notices.answered(message, place.room, rendered, at=at)
    return message


def _answered(room_id: int, number: int | None) -> Message | None:
    if number is None:
        return None
    standing = Message.objects.filter(room=room_id, deleted_at=None, hidden_at=None).select_related("author")
    return standing.filter(seq=number).first()


def _prepared(author: Member, body: str) -> Rendered:
    """Render and screen, before any lock is taken. Raises `NotAllowed`."""
    if not body:
        raise NotAllowed("There is nothing to say in this message yet.")
    rendered = render(body, author=author, flavour="line")
    screened = screening.screen(author=author, rendered=rendered)
    if not screened.passes:
        no(screened.reason).or_refuse()
    return rendered


def _same(earlier: Message, room: Room, body: str) -> Message:
    is_changed = bool(earlier.edited_at or earlier.deleted_at)
    if earlier.room_id != room.pk or (earlier.body != body and not is_changed):
        raise Reused(earlier)
    return earlier


def _set_hidden(message_id: int, hidden_at: datetime | None) -> None:
    with transaction.atomic():
        rooms = Room.objects.select_related("group").select_for_update(of=("self",))
        room = rooms.get(pk=Message.objects.values_list("room", flat=True).get(pk=message_id))
        message = writing.again(message_id)
        if (message.hidden_at is None) == (hidden_at is None):
            return
        message.hidden_at = hidden_at
        if hidden_at:
            message.pinned_at = None
        if message.deleted_at is None:
            room.message_count += -1 if hidden_at else 1
        writing.changed(message, room, "hidden_at", "pinned_at")
