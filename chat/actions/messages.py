"""Say, edit, remove; hide and restore for moderation. Each takes the room's next number in its own commit."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from chat import notices, policies
from chat.actions import reading
from chat.models import Message, Room
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


def say(*, author: Member, room: Room, body: str, client_key: str, at: datetime) -> Message:
    """Say something; the same key again answers the first result. Raises `NotAllowed`, `Reused`."""
    body = body.strip()
    rendered = _prepared(author, body)
    try:
        with transaction.atomic():
            return _say(author, _locked(room.pk, author), body, rendered, client_key, at)
    except IntegrityError:
        # The same key at the same moment in another room's lock: the constraint decided.
        if earlier := Message.objects.filter(author=author, client_key=client_key).first():
            return _same(earlier, room, body)
        raise


def edit(*, author: Member, message: Message, body: str, at: datetime) -> Message:
    """Change one's own words. Raises `NotAllowed`."""
    body = body.strip()
    rendered = _prepared(author, body)
    with transaction.atomic():
        room = _locked(message.room_id, author)
        message = _again(message.pk)
        policies.may_change(author, message, room, at).or_refuse()
        if message.body == body:
            return message
        message.body, message.body_html, message.edited_at = body, rendered.html, at
        _changed(message, room, "body", "body_html", "edited_at")
        notices.mentioned(message, room, rendered, at=at)
    return message


def remove(*, author: Member, message: Message, at: datetime) -> Message:
    """Take one's own words down: the place stays, the words are shown to nobody. Twice is once."""
    with transaction.atomic():
        room = _locked(message.room_id, author)
        message = _again(message.pk)
        if message.deleted_at and message.author_id == author.pk:
            return message
        policies.may_change(author, message, room, at).or_refuse()
        message.deleted_at = at
        room.message_count -= 1
        _changed(message, room, "deleted_at")
    return message


def hide(*, message_id: int, at: datetime) -> None:
    """Fold a message away after a decision; may run twice. Its author is told by `moderation`."""
    _set_hidden(message_id, at)


def restore(*, message_id: int, at: datetime) -> None:
    """Undo `hide`; may run twice."""
    _set_hidden(message_id, None)


def _say(author: Member, room: Room, body: str, rendered: Rendered, client_key: str, at: datetime) -> Message:
    mine = Message.objects.filter(author=author).filter(
        Q(client_key=client_key) | Q(room=room, created_at__gt=at - policies.WINDOW)
    )
    recent = list(mine)
    for earlier in recent:
        if earlier.client_key == client_key:
            return _same(earlier, room, body)
    policies.may_say(author, room, at).or_refuse()
    policies.may_say_now(author, [each.created_at for each in recent if each.room_id == room.pk], at).or_refuse()
    room.last_seq += 1
    room.message_count += 1
    message = Message.objects.create(
        room=room,
        author=author,
        seq=room.last_seq,
        changed_seq=room.last_seq,
        body=body,
        body_html=rendered.html,
        client_key=client_key,
        created_at=at,
    )
    room.save(update_fields=["last_seq", "message_count"])
    reading.read(member=author, room=room, seq=message.seq, at=at)
    light_tab(room.group, "chat")
    notices.changed(message, room)
    notices.mentioned(message, room, rendered, at=at)
    return message


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


def _locked(pk: int, member: Member) -> Room:
    """The room with its row locked, if the member sees it: every writer of a room comes through here."""
    rooms = Room.objects.visible_to(member).select_related("group").select_for_update(of=("self",))
    room = rooms.filter(pk=pk).first()
    if room is None:
        raise NotAllowed("There is no such room here.")
    return room


def _again(pk: int) -> Message:
    return Message.objects.select_related("author").get(pk=pk)


def _changed(message: Message, room: Room, *fields: str) -> None:
    """Give the change the room's next number and tell open pages."""
    room.last_seq += 1
    message.changed_seq = room.last_seq
    message.save(update_fields=[*fields, "changed_seq"])
    room.save(update_fields=["last_seq", "message_count"])
    notices.changed(message, room)


def _set_hidden(message_id: int, hidden_at: datetime | None) -> None:
    with transaction.atomic():
        rooms = Room.objects.select_related("group").select_for_update(of=("self",))
        room = rooms.get(pk=Message.objects.values_list("room", flat=True).get(pk=message_id))
        message = _again(message_id)
        if (message.hidden_at is None) == (hidden_at is None):
            return
        message.hidden_at = hidden_at
        if message.deleted_at is None:
            room.message_count += -1 if hidden_at else 1
        _changed(message, room, "hidden_at")
