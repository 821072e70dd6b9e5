"""Pace, silence, hours, closing; and what the log says of it."""

from datetime import timedelta

import pytest

from chat.actions import care, messages, rooms
from chat.models import Room, Seat
from chat.policies.rooms import is_open
from community.models import LogEntry
from community.verdicts import NotAllowed
from notifications.models import Notice
from tests.factories.chat import RoomFactory
from tests.factories.community import MembershipFactory, OrganiserFactory


def test_slow_mode_spaces_messages_of_one_member_in_that_room(room, joined, organiser, at):
    care.set_pace(actor=organiser, room=room, seconds=30, at=at)

    def say(author, key, seconds, where=room):
        when = at + timedelta(seconds=seconds)
        return messages.say(author=author, room=where, body=key, client_key=f"key-{key}-long", at=when)

    say(joined, "one", 0)
    with pytest.raises(NotAllowed, match="one message every 30 seconds") as refusal:
        say(joined, "two", 10)
    assert (refusal.value.retry_after, "Yours goes in 20 seconds" in str(refusal.value)) == (20, True)
    assert say(joined, "elsewhere", 10, RoomFactory(group=room.group))
    assert say(organiser, "three", 10)
    assert say(organiser, "four", 11)
    assert say(joined, "five", 30)
    assert say(joined, "one", 31).seq == 1


def test_only_those_who_look_after_the_group_care_for_its_rooms(room, joined, member, at):
    for someone, words in ((joined, "look after"), (member, "no such room")):
        with pytest.raises(NotAllowed, match=words):
            care.set_pace(actor=someone, room=room, seconds=30, at=at)
        with pytest.raises(NotAllowed, match=words):
            care.set_closed(actor=someone, room=room, is_closed=True, at=at)
    with pytest.raises(NotAllowed, match="look after"):
        care.open_beside(actor=joined, group=room.group, title="Mine", at=at)
    assert list(Room.objects.values_list("slow_seconds", "closed_at")) == [(0, None)]


def test_silence_is_for_this_room_and_a_while_and_gives_its_reason(room, joined, organiser, at):
    lasts = timedelta(minutes=10)
    care.silence(actor=organiser, room=room, member=joined, lasts=lasts, why="Let others talk", at=at)
    said = {"author": joined, "body": "But", "client_key": "key-silenced"}
    with pytest.raises(NotAllowed, match="Let others talk"):
        messages.say(**said, room=room, at=at)
    assert messages.say(**said | {"client_key": "key-other"}, room=RoomFactory(group=room.group), at=at)
    assert list(Notice.objects.values_list("recipient", "kind", "excerpt")) == [
        (joined.pk, "chat.silenced", "Let others talk")
    ]
    entry = LogEntry.objects.get(kind="room.silenced")
    assert (entry.actor, joined.display_name in entry.text) == (None, False)
    assert messages.say(**said, room=room, at=at + lasts)


def test_silence_can_be_ended_and_gives_nobody_a_place(group, joined, organiser, at):
    room = RoomFactory(group=group, audience=Room.Audience.SEATED)
    lasts = timedelta(minutes=10)
    care.silence(actor=organiser, room=room, member=joined, lasts=lasts, why="Noise", at=at)
    assert not Room.objects.visible_to(joined).filter(pk=room.pk).exists()
    rooms.seat(room=room, member=joined, at=at)
    with pytest.raises(NotAllowed, match="Noise"):
        messages.say(author=joined, room=room, body="Hm", client_key="key-hm-hm", at=at)
    for _ in range(2):
        care.end_silence(actor=organiser, room=room, member=joined, at=at)
    assert messages.say(author=joined, room=room, body="Hm", client_key="key-hm-hm", at=at)
    assert LogEntry.objects.filter(kind="room.heard").count() == 1


def test_nobody_silences_themselves_or_those_who_govern(room, organiser, at):
    other = OrganiserFactory(group=room.group).member
    for whom in (organiser, other):
        with pytest.raises(NotAllowed):
            care.silence(actor=organiser, room=room, member=whom, lasts=timedelta(hours=1), why="No", at=at)
    with pytest.raises(NotAllowed, match="Say why"):
        someone = MembershipFactory(group=room.group).member
        care.silence(actor=organiser, room=room, member=someone, lasts=timedelta(hours=1), why=" ", at=at)
    assert not Seat.objects.exclude(silenced_until=None).exists()


def test_closing_and_opening_again_is_told_once(room, organiser, at, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for is_closed in (True, True, False, False):
            care.set_closed(actor=organiser, room=room, is_closed=is_closed, at=at)
    assert [frame["type"] for stream, frame in said if stream == f"room:{room.pk}"] == ["room.changed"] * 2
    assert LogEntry.objects.filter(kind="room.closed").count() == 2


def test_hours_bound_writing(room, organiser, at):
    day = timedelta(days=1)
    care.set_hours(actor=organiser, room=room, opens_at=at - day, closes_at=at + day, at=at)
    room.refresh_from_db()
    assert [bool(is_open(room, at + n * day)) for n in (-2, -1, 0, 1)] == [False, True, True, False]
    with pytest.raises(NotAllowed, match="closes after it opens"):
        care.set_hours(actor=organiser, room=room, opens_at=at, closes_at=at, at=at)
    rooms.shift(room=room, by=day)
    room.refresh_from_db()
    assert (room.opens_at, room.closed_at) == (at, at + 2 * day)


def test_another_room_of_the_group_is_opened_once(room, organiser, joined, at):
    made = [care.open_beside(actor=organiser, group=room.group, title=" Kit ", at=at).pk for _ in range(2)]
    assert len(set(made)) == 1
    assert Room.objects.visible_to(joined).filter(title="Kit").count() == 1
    with pytest.raises(NotAllowed, match="name"):
        care.open_beside(actor=organiser, group=room.group, title="  ", at=at)
