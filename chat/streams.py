"""What open pages may listen to and send: "room:<id>"."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils import timezone

from chat import policies, queries, text
from chat.actions import messages, reading
from chat.forms import EditForm, SayForm
from chat.models import Message, Room
from community.verdicts import NotAllowed
from live.registry import Refused, Stream

Frame = Mapping[str, Any]


def may_join(member: Any, number: int) -> bool:
    """Whoever sees the room and is not suspended there."""
    return policies.may_listen(member, number, timezone.now())


def after(number: int, seq: int) -> list[dict[str, Any]] | None:
    """All that was said, edited or taken down since, or None for "start afresh"."""
    room = Room.objects.select_related("group").filter(pk=number).first()
    missed = queries.missed(room, seq) if room else None
    return text.frames(missed, room) if missed is not None and room else None


def heads(numbers: Collection[int]) -> dict[int, int]:
    """Where these rooms stand; one query."""
    return dict(Room.objects.filter(pk__in=numbers).values_list("pk", "last_seq"))


def say(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{body, key}` → the message; sent again, the same one."""
    form = SayForm({"body": frame.get("body"), "key": frame.get("key")})
    room = _room(member, number)
    if not form.is_valid():
        raise Refused("bad-message", _first_error(form))
    body, key = form.cleaned_data["body"], form.cleaned_data["key"]
    return _answer(lambda: messages.say(author=member, room=room, body=body, client_key=key, at=timezone.now()), room)


def edit(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number, body}` → the message as it now stands."""
    form = EditForm({"body": frame.get("body")})
    room, message = _message(member, number, frame)
    if not form.is_valid():
        raise Refused("bad-message", _first_error(form))
    body = form.cleaned_data["body"]
    return _answer(lambda: messages.edit(author=member, message=message, body=body, at=timezone.now()), room)


def remove(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number}` → the place it leaves."""
    room, message = _message(member, number, frame)
    return _answer(lambda: messages.remove(author=member, message=message, at=timezone.now()), room)


def read(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{seq}`: seen up to there."""
    room, at = _room(member, number), timezone.now()
    reading.read(member=member, room=room, seq=_whole(frame.get("seq")), at=at)
    reading.heard(member=member, room=room, at=at)
    return {}


def _answer(verb: Callable[[], Message], room: Room) -> dict[str, Any]:
    try:
        message = verb()
    except NotAllowed as refusal:
        raise Refused("not-allowed", refusal.reason, retry_after=refusal.retry_after) from refusal
    except messages.Reused as refusal:
        raise Refused("key-reused", "This message was sent before with other words; send it as a new one.") from refusal
    return {"message": text.frames([message], room)[0]}


def _room(member: Any, number: int) -> Room:
    room = queries.room_for(member, number)
    if room is None:
        raise Refused("no-such-stream", "There is nothing here that you may listen to.")
    return room


def _message(member: Any, number: int, frame: Frame) -> tuple[Room, Message]:
    room = _room(member, number)
    message = Message.objects.filter(room=room, seq=_whole(frame.get("number"))).first()
    if message is None:
        raise Refused("no-such-message", "There is no such message in this room.")
    return room, message


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise Refused("bad-frame", "That must be a whole number.")
    return value


def _first_error(form: Any) -> str:
    return next((error for errors in form.errors.values() for error in errors if error), "This page is out of date.")


ROOM = Stream("room", may_join, after, {"say": say, "edit": edit, "remove": remove, "read": read}, heads)
