"""The room on the socket: joining, saying, catching up, losing it."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat import queries, streams
from chat.actions import messages, rooms
from chat.models import Message, Room, Seat
from community.actions import memberships, sanctions
from community.models import Sanction
from live import hub, registry
from live.conversation import Conversation
from tests.factories.chat import MessageFactory, RoomFactory, SeatFactory
from tests.factories.community import MemberFactory, MembershipFactory
from tests.sockets import Tab

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@sync_to_async
def people(count=2):
    room = RoomFactory(is_main=True)
    return room, [MembershipFactory(group=room.group).member for _ in range(count)]


async def test_what_one_says_the_other_hears_at_once():
    room, (ada, bob) = await people()
    async with Tab(ada) as one, Tab(bob) as two:
        for tab in (one, two):
            assert (await tab.ask("join", stream=f"room:{room.pk}", after=0))["frames"] == []
        done = await one.ask("say", stream=f"room:{room.pk}", body="Evening **all**", key="key-00001")
        heard = await two.next()
        assert done["message"] == heard
        assert (heard["type"], heard["seq"], heard["number"], heard["key"]) == ("message.added", 1, 1, "key-00001")
        assert "<strong>all</strong>" in heard["html"]
        again = await one.ask("say", stream=f"room:{room.pk}", body="Evening **all**", key="key-00001")
        assert again["message"]["id"] == done["message"]["id"]
        assert await two.quiet()
        edited = await one.ask("edit", stream=f"room:{room.pk}", number=1, body="Evening")
        assert ((await two.next())["type"], edited["message"]["seq"]) == ("message.edited", 2)
        await one.ask("remove", stream=f"room:{room.pk}", number=1)
        assert (await two.next())["type"] == "message.removed"
        await two.ask("read", stream=f"room:{room.pk}", seq=1)
    assert await sync_to_async(lambda: Seat.objects.get(member=bob).last_read_seq)() == 1


async def test_coming_back_answers_everything_that_changed_and_nothing_else():
    room, (ada, bob) = await people()

    def meanwhile():
        for n in range(3):
            messages.say(author=ada, room=room, body=f"Words {n}", client_key=f"key-{n:05}", at=AT)
        messages.edit(author=ada, message=Message.objects.get(seq=1), body="Changed", at=AT)
        messages.remove(author=ada, message=Message.objects.get(seq=2), at=AT)

    await sync_to_async(meanwhile)()
    async with Tab(bob) as tab:
        answer = await tab.ask("join", stream=f"room:{room.pk}", after=2)
        assert [(f["type"], f["seq"], f["number"]) for f in answer["frames"]] == [
            ("message.added", 3, 3),
            ("message.edited", 4, 1),
            ("message.removed", 5, 2),
        ]
        assert (await tab.ask("join", stream=f"room:{room.pk}", after=6))["afresh"] is True


async def test_too_far_behind_starts_afresh(monkeypatch):
    room, (_, bob) = await people()
    monkeypatch.setattr(queries, "MOST_MISSED", 3)
    await sync_to_async(MessageFactory.create_batch)(4, room=room)
    async with Tab(bob) as tab:
        assert (await tab.ask("join", stream=f"room:{room.pk}", after=0))["afresh"] is True
        assert len((await tab.ask("join", stream=f"room:{room.pk}", after=1))["frames"]) == 3


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "say", "body": "", "key": "key-00001"}, "bad-message"),
        ({"type": "say", "body": "Hello", "key": "short"}, "bad-message"),
        ({"type": "say", "body": "Hello"}, "bad-message"),
        ({"type": "say", "body": {"a": 1}, "key": ["x"]}, "bad-message"),
        ({"type": "say", "body": "x" * 4001, "key": "key-00001"}, "bad-message"),
        ({"type": "say", "body": "Other words", "key": "key-used1"}, "key-reused"),
        ({"type": "edit", "number": 99, "body": "Hello"}, "no-such-message"),
        ({"type": "edit", "number": "1", "body": "Hello"}, "bad-frame"),
        ({"type": "edit", "number": 1, "body": ""}, "bad-message"),
        ({"type": "remove", "number": 2}, "not-allowed"),
        ({"type": "remove"}, "bad-frame"),
        ({"type": "read", "seq": -1}, "bad-frame"),
        ({"type": "shout"}, "unknown-frame"),
    ],
)
async def test_bad_input_is_refused_in_words_and_nothing_is_stored(frame, code):
    room, (ada, _) = await people()
    await sync_to_async(MessageFactory)(room=room, author=ada, client_key="key-used1")
    await sync_to_async(MessageFactory)(room=room)
    async with Tab(ada) as tab:
        await tab.ask("join", stream=f"room:{room.pk}")
        answer = await tab.ask(frame.pop("type"), stream=f"room:{room.pk}", **frame)
    assert (answer["type"], answer["code"], bool(answer["text"])) == ("refused", code, True)
    assert await Message.objects.acount() == 2


async def test_rooms_one_may_not_see_do_not_exist():
    room, (ada, bob) = await people()
    seated = await sync_to_async(RoomFactory)(group=room.group, audience=Room.Audience.SEATED)
    await sync_to_async(SeatFactory)(room=seated, member=ada)
    async with Tab(ada) as inside, Tab(bob) as outside, Tab() as visitor:
        assert (await inside.ask("join", stream=f"room:{seated.pk}"))["type"] == "joined"
        for tab, stream in ((outside, seated.pk), (visitor, seated.pk), (visitor, room.pk), (inside, 987654)):
            assert (await tab.ask("join", stream=f"room:{stream}"))["code"] == "no-such-stream"


async def test_leaving_the_group_loses_the_room_at_once():
    room, (ada, bob) = await people()
    async with Tab(ada) as tab, Tab(bob) as other:
        await tab.ask("join", stream=f"room:{room.pk}")
        await other.ask("join", stream=f"room:{room.pk}")
        await sync_to_async(memberships.leave)(member=ada, group=room.group, at=timezone.now())
        told = await asyncio.wait_for(tab.next(), 2)
        assert told == {"type": "left", "stream": f"room:{room.pk}", "code": "no-longer-yours"}
        await other.ask("say", stream=f"room:{room.pk}", body="She has gone", key="key-00001")
        assert await tab.quiet()
        assert (await tab.ask("say", stream=f"room:{room.pk}", body="Hello?", key="key-00002"))["code"] == "not-joined"


async def test_losing_the_seat_loses_the_room_at_once():
    room, (ada, _) = await people()
    seated = await sync_to_async(RoomFactory)(group=room.group, audience=Room.Audience.SEATED)
    await sync_to_async(rooms.seat)(room=seated, member=ada, at=AT)
    async with Tab(ada) as tab:
        await tab.ask("join", stream=f"room:{seated.pk}")
        await sync_to_async(rooms.unseat)(room=seated, member=ada, at=AT)
        assert (await asyncio.wait_for(tab.next(), 2))["code"] == "no-longer-yours"


async def test_the_silenced_read_and_the_suspended_do_not():
    room, (ada, bob) = await people()

    def sanction(member, kind):
        now = timezone.now()
        Sanction.objects.create(
            member=member, group=room.group, kind=kind, reason="Quarrel", starts_at=now, ends_at=now + timedelta(days=1)
        )

    await sync_to_async(sanction)(ada, "silence")
    await sync_to_async(sanction)(bob, "suspend")
    async with Tab(ada) as silenced, Tab(bob) as suspended:
        await silenced.ask("join", stream=f"room:{room.pk}")
        refusal = await silenced.ask("say", stream=f"room:{room.pk}", body="But", key="key-00001")
        assert refusal["code"] == "not-allowed"
        assert "Quarrel" in refusal["text"]
        assert (await suspended.ask("join", stream=f"room:{room.pk}"))["code"] == "no-such-stream"


async def test_many_at_once_get_numbers_without_gaps():
    room, members = await people(6)

    def talk(member):
        for n in range(4):
            messages.say(author=member, room=room, body=f"{n}", client_key=f"key-{member.pk}-{n:04}", at=AT)

    await asyncio.gather(*(database_sync_to_async(talk, thread_sensitive=False)(each) for each in members))
    found = await sync_to_async(lambda: list(Message.objects.order_by("seq").values_list("seq", "changed_seq")))()
    assert found == [(n, n) for n in range(1, 25)]


async def test_the_same_key_at_the_same_moment_is_one_message():
    room, (ada, _) = await people()
    given = {"author": ada, "room": room, "body": "Once", "client_key": "key-00001", "at": AT}
    said = await asyncio.gather(
        *(database_sync_to_async(messages.say, thread_sensitive=False)(**given) for _ in range(6))
    )
    assert len({each.pk for each in said}) == 1
    assert await Message.objects.acount() == 1


async def test_a_suspended_member_loses_the_socket_or_the_room_within_two_seconds():
    room, (ada, bob) = await people()
    moderator = await sync_to_async(MemberFactory)(is_moderator=True)

    def suspend(member, group):
        sanctions.impose(
            actor=moderator,
            member=member,
            group=group,
            kind="suspend",
            reason="Quarrel",
            at=timezone.now(),
            ends_at=timezone.now() + timedelta(days=1),
        )

    async with Tab(ada) as here, Tab(bob) as everywhere:
        for tab in (here, everywhere):
            await tab.ask("join", stream=f"room:{room.pk}")
        await sync_to_async(suspend)(ada, room.group)
        assert (await asyncio.wait_for(here.next(), 2))["code"] == "no-longer-yours"
        await sync_to_async(suspend)(bob, None)
        assert await asyncio.wait_for(everywhere.closed(), 2) == 4001


async def test_faces_pins_and_stars_on_the_socket():
    room, (ada, bob) = await people()
    message = await sync_to_async(MessageFactory)(room=room, author=bob)
    stream = f"room:{room.pk}"
    async with Tab(ada) as one, Tab(bob) as two:
        for tab in (one, two):
            await tab.ask("join", stream=stream, after=1)
        done = await one.ask("react", stream=stream, number=1, face="cheers", on=True)
        assert await two.next() == done["message"]
        assert f'data-by="{ada.pk}"' in done["message"]["html"]
        again = await one.ask("react", stream=stream, number=1, face="cheers", on=True)
        assert again["message"] == done["message"]
        assert await two.quiet()
        assert (await one.ask("pin", stream=stream, number=1, on=True))["code"] == "not-allowed"
        assert (await one.ask("star", stream=stream, number=1, on=True))["type"] == "done"
        answer = await two.ask("say", stream=stream, body="Cheers", key="key-answer", answers=1)
        assert 'data-answers="1"' in answer["message"]["html"]
    assert await message.stars.acount() == 1


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "react", "number": 1, "face": "shout", "on": True},
        {"type": "react", "number": 1, "face": "agree", "on": "yes"},
        {"type": "pin", "number": 1},
        {"type": "star", "number": True, "on": True},
        {"type": "here", "writes": 1},
    ],
)
async def test_what_is_no_face_and_no_yes_is_refused(frame):
    room, (ada, _) = await people()
    await sync_to_async(MessageFactory)(room=room)
    async with Tab(ada) as tab:
        await tab.ask("join", stream=f"room:{room.pk}")
        assert (await tab.ask(frame.pop("type"), stream=f"room:{room.pk}", **frame))["code"] == "bad-frame"


async def test_being_here_is_told_in_small_rooms_only(monkeypatch):
    room, (ada, bob) = await people()
    stream = f"room:{room.pk}"
    async with Tab(ada) as one, Tab(bob) as two:
        for tab in (one, two):
            await tab.ask("join", stream=stream)
        await one.ask("here", stream=stream, writes=True)
        told = await two.next()
        assert (told["type"], told["member"], told["name"], told["writes"], told["seq"]) == (
            "member.here",
            ada.pk,
            ada.shown_name,
            True,
            None,
        )
        monkeypatch.setattr(queries, "SMALL", 1)
        await one.ask("here", stream=stream, writes=False)
        assert await two.quiet()


async def test_forty_pages_that_come_back_are_asked_about_together_and_share_what_they_missed(monkeypatch):
    """After a restart every page is asked about, a few times for all of them; the messages are read as often."""
    room, members = await people(40)
    stranger = await sync_to_async(MemberFactory)()
    await sync_to_async(MessageFactory.create_batch)(3, room=room)
    asked, read = [], []

    def who_may_join(members, number):
        asked.append({member.pk for member in members})
        return streams.who_may_join(members, number)

    def after(number, seq):
        read.append(seq)
        return streams.after(number, seq)

    monkeypatch.setitem(registry._streams, "room", replace(streams.ROOM, who_may_join=who_may_join, after=after))
    hall = hub.hall()
    pages = [Conversation(member, None, hall, Deaf()) for member in [*members, stranger]]
    join = {"text": json.dumps({"type": "join", "stream": f"room:{room.pk}", "after": 1})}
    answers = await asyncio.gather(*(page.answer(join) for page in pages))
    heard = [json.loads(hub.encode(answer)) for answer in answers]
    assert [[frame["seq"] for frame in answer["frames"]] for answer in heard[:-1]] == [[2, 3]] * 40
    assert heard[-1]["code"] == "no-such-stream"
    for page in pages:
        page.end()
    assert set.union(*asked) == {member.pk for member in [*members, stranger]}
    assert (len(asked) <= 2, len(read) <= 3) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
async def test_what_coming_back_costs(count):
    room, (ada, _) = await people()
    await sync_to_async(MessageFactory.create_batch)(count, room=room, author=ada)

    def costs():
        with CaptureQueriesContext(connection) as joining:
            assert streams.may_join(ada, room.pk)
        with CaptureQueriesContext(connection) as reading:
            assert len(streams.after(room.pk, 0)) == count
        return len(joining), len(reading)

    # may they listen; then, once for all: the room, its messages, their faces, the labels of their authors
    assert await sync_to_async(costs)() == (1, 4)


class Deaf:
    """A socket whose page is not looked at."""

    def offer(self, message):
        pass

    control = say = offer
