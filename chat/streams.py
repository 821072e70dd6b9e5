"""What open pages may listen to and send: "room:<id>"."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils import timezone

from chat import queries
from chat.actions import marks, messages, reading
from chat.forms import EditForm, SayForm
from chat.models import Message, Reaction, Room
from chat.policies.rooms import may_listen, who_may_listen
from chat.text import lines
from community.verdicts import NotAllowed
from live.publish import publish
from live.registry import Refused, Stream

Frame = Mapping[str, Any]


def may_join(member: Any, number: int) -> bool:
    """Whoever sees the room and is not suspended there."""
    return may_listen(member, number, timezone.now())


def who_may_join(members: Collection[Any], number: int) -> set[int]:
    """The keys of those that may; one query."""
    return who_may_listen([member.pk for member in members], number, timezone.now())


def after(number: int, seq: int) -> list[dict[str, Any]] | None:
    """All that was said, edited or taken down since, or None for "start afresh"."""
    room = Room.objects.select_related("group").filter(pk=number).first()
    missed = queries.missed(room, seq) if room else None
    return lines.frames(missed, room) if missed is not None and room else None


def heads(numbers: Collection[int]) -> dict[int, int]:
    """Where these rooms stand; one query."""
    return dict(Room.objects.filter(pk__in=numbers).values_list("pk", "last_seq"))


def say(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{body, key, answers}` → the message; sent again, the same one. The verb asks whether they see the room."""
    form = SayForm({"body": frame.get("body"), "key": frame.get("key"), "answers": frame.get("answers")})
    if not form.is_valid():
        raise Refused("bad-message", _first_error(form))
    given = {"body": form.cleaned_data["body"], "client_key": form.cleaned_data["key"]}
    given["answers"] = form.cleaned_data["answers"]
    return _answer(lambda: messages.say(author=member, room=Room(pk=number), at=timezone.now(), **given))


def edit(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number, body}` → the message as it now stands."""
    form = EditForm({"body": frame.get("body")})
    message = _message(member, number, frame)
    if not form.is_valid():
        raise Refused("bad-message", _first_error(form))
    body = form.cleaned_data["body"]
    return _answer(lambda: messages.edit(author=member, message=message, body=body, at=timezone.now()))


def remove(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number}` → the place it leaves."""
    message = _message(member, number, frame)
    return _answer(lambda: messages.remove(author=member, message=message, at=timezone.now()))


def react(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number, face, on}` → the message with its faces."""
    message, face, is_on = _message(member, number, frame), frame.get("face"), _yes(frame.get("on"))
    if face not in Reaction.Face.values:
        raise Refused("bad-frame", "There is no such face.")
    return _answer(lambda: marks.react(member=member, message=message, face=face, is_on=is_on, at=timezone.now()))


def pin(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number, on}` → the message, kept in sight or not."""
    message, is_on = _message(member, number, frame), _yes(frame.get("on"))
    return _answer(lambda: marks.pin(actor=member, message=message, is_pinned=is_on, at=timezone.now()))


def star(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{number, on}`: kept for oneself; nobody is told."""
    message, is_on = _message(member, number, frame), _yes(frame.get("on"))
    marks.star(member=member, message=message, is_starred=is_on, at=timezone.now())
    return {}


def read(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{seq}`: seen up to there."""
    room, at = _room(member, number), timezone.now()
    reading.read(member=member, room=room, seq=_whole(frame.get("seq")), at=at)
    reading.heard(member=member, room=room, at=at)
    return {}


def here(member: Any, number: int, frame: Frame) -> dict[str, Any]:
    """`{writes}`: this page is looked at, and whether something is being typed; only small rooms pass it on."""
    room, writes = _room(member, number), _yes(frame.get("writes"))
    if queries.is_small(room):
        publish(f"room:{number}", "member.here", {"member": member.pk, "name": member.shown_name, "writes": writes})
    return {}


def _answer(verb: Callable[[], Message]) -> dict[str, Any]:
    try:
        message = verb()
    except NotAllowed as refusal:
        raise Refused("not-allowed", refusal.reason, retry_after=refusal.retry_after) from refusal
    except messages.Reused as refusal:
        raise Refused("key-reused", "This message was sent before with other words; send it as a new one.") from refusal
    return {"message": message.frame or _frame(message)}


def _frame(message: Message) -> dict[str, Any]:
    """Nothing was changed: the message as it stands."""
    found = Message.objects.filter(pk=message.pk).shown().select_related("room__group")[0]
    return lines.frames([found], found.room)[0]


def _room(member: Any, number: int) -> Room:
    room = queries.room_for(member, number)
    if room is None:
        raise Refused("no-such-stream", "There is nothing here that you may listen to.")
    return room


def _message(member: Any, number: int, frame: Frame) -> Message:
    room = _room(member, number)
    message = Message.objects.filter(room=room, seq=_whole(frame.get("number"))).first()
    if message is None:
        raise Refused("no-such-message", "There is no such message in this room.")
    message.room = room
    return message


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("bad-frame", "That must be true or false.")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise Refused("bad-frame", "That must be a whole number.")
    return value


def _first_error(form: Any) -> str:
    return next((error for errors in form.errors.values() for error in errors if error), "This page is out of date.")


FRAMES = {
    "say": say,
    "edit": edit,
    "remove": remove,
    "react": react,
    "pin": pin,
    "star": star,
    "read": read,
    "here": here,
}
ROOM = Stream("room", may_join, after, FRAMES, heads, who_may_join)
