"""The socket: who may open it, what it answers, when it closes."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from live import conversation, hub, publish, registry
from tests.factories.community import MemberFactory
from tests.sockets import Tab

pytestmark = pytest.mark.asyncio
with_rows = pytest.mark.django_db(transaction=True)


async def someone():
    return await sync_to_async(MemberFactory)()


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("http://testserver", True),
        ("http://localhost:8000", True),
        ("http://evil.example", False),
        ("http://testserver:1234", False),
        ("http://testserver.evil.example", False),
        ("null", False),
        ("http://[broken", False),
        (None, False),
    ],
)
async def test_only_our_own_pages_open_a_socket(origin, opens):
    tab = Tab(origin=origin)
    assert await tab.open() is opens
    await tab.wire.disconnect()


async def test_any_other_address_is_refused():
    assert await Tab().open("/elsewhere/") is False


@with_rows
async def test_says_hello_with_version_and_member():
    member = await someone()
    for who, expected in ((None, None), (member, member.pk)):
        tab = Tab(who)
        await tab.open()
        assert await tab.next() == {"type": "hello", "v": 1, "member": expected}
        await tab.wire.disconnect()


async def test_joins_and_gets_what_came_after(rights):
    async with Tab() as tab:
        assert await tab.ask("join", stream="test:1") == {"type": "joined", "stream": "test:1", "ref": "r1"}
        answer = await tab.ask("join", stream="test:1", after=7)
        assert answer["frames"] == [{"type": "was.said", "seq": 8}, {"type": "was.said", "seq": 9}]
        assert (await tab.ask("join", stream="test:1", after=10))["afresh"] is True


@pytest.mark.parametrize(
    "stream", ["test:2", "test:3", "test:99999", "none:1", "test", "test:", "test:x", "test:-1", "test:²", 7, None, []]
)
async def test_a_stream_one_may_not_hear_reads_like_one_that_does_not_exist(rights, stream):
    async with Tab() as tab:
        answer = await tab.ask("join", stream=stream)
    assert answer == {
        "type": "refused",
        "code": "no-such-stream",
        "text": "There is nothing here that you may listen to.",
        "retry_after": None,
        "stream": stream,
        "ref": "r1",
    }


@with_rows
async def test_hears_what_is_published_and_nothing_after_leaving(rights):
    async with Tab() as tab, Tab() as other:
        await tab.ask("join", stream="test:1")
        await other.ask("join", stream="test:1")
        await sync_to_async(publish.publish)("test:1", "was.said", {"id": 5}, seq=10)
        expected = {"type": "was.said", "stream": "test:1", "seq": 10, "id": 5}
        assert [await tab.next(), await other.next()] == [expected, expected]
        assert (await tab.ask("leave", stream="test:1"))["type"] == "left"
        await sync_to_async(publish.publish)("test:1", "was.said", {"id": 6}, seq=11)
        assert (await other.next())["id"] == 6
        assert await tab.quiet()
    await asyncio.sleep(0)
    assert "test:1" not in hub.hall().rooms


@with_rows
async def test_frames_reach_the_stream_and_its_refusals_come_back(rights):
    member = await someone()
    async with Tab(member) as tab:
        assert (await tab.ask("shout", stream="test:2", words="x"))["code"] == "not-joined"
        await tab.ask("join", stream="test:2")
        done = await tab.ask("shout", stream="test:2", words="hear hear")
        assert (done["type"], done["words"], done["by"], done["number"]) == ("done", "HEAR HEAR", member.pk, 2)
        refused = await tab.ask("shout", stream="test:2", words="no")
        assert (refused["code"], refused["text"], refused["retry_after"]) == ("not-allowed", "Not here.", 3)
        assert (await tab.ask("dance", stream="test:2"))["code"] == "unknown-frame"
        assert (await tab.ask("shout", stream="test:2", words="explode"))["code"] == "broken"
        assert (await tab.ask("ping"))["type"] == "pong"


async def test_a_visitor_listens_but_does_not_send(rights):
    async with Tab() as tab:
        await tab.ask("join", stream="test:1")
        assert (await tab.ask("shout", stream="test:1", words="x"))["code"] == "sign-in"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("{", "bad-frame"),
        ("[1]", "bad-frame"),
        ("null", "bad-frame"),
        ("[" * 30_000, "bad-frame"),
        ('{"type":"ping","x":"' + "a" * 1_000_000 + '"}', "too-big"),
        ('{"type":"wave","stream":{"a":1}}', "not-joined"),
        ('{"type":"join","stream":"test:1","after":"x"}', "bad-frame"),
        ('{"type":"join","stream":"test:1","after":1e400}', "bad-frame"),
        ('{"type":"join","stream":"test:1","after":99999999999999999999}', "bad-frame"),
        ("{}", "not-joined"),
    ],
)
async def test_bad_input_is_refused_in_words_and_the_socket_stays(rights, sent, code):
    async with Tab() as tab:
        await tab.send(sent)
        answer = await tab.next()
        assert (answer["type"], answer["code"], bool(answer["text"])) == ("refused", code, True)
        assert (await tab.ask("ping"))["type"] == "pong"


async def test_bytes_are_refused():
    async with Tab() as tab:
        await tab.wire.send_to(bytes_data=b"\x00\xff")
        assert (await tab.next())["code"] == "bad-frame"


async def test_too_fast_is_told_how_long_to_wait_and_flooding_closes():
    async with Tab() as tab:
        for _ in range(45):
            await tab.send({"type": "ping"})
        answers = [await tab.next() for _ in range(45)]
        refused = [each for each in answers if each["type"] == "refused"]
        assert refused
        assert all(each["code"] == "too-fast" and each["retry_after"] > 0 for each in refused)
        for _ in range(400):
            await tab.send({"type": "ping"})
        assert await tab.closed() == 4029


@with_rows
async def test_signing_out_elsewhere_closes_at_once():
    member = await someone()
    async with Tab(member) as tab, Tab() as visitor:
        await sync_to_async(publish.close_sockets)(member.pk, "You have been signed out.")
        assert await asyncio.wait_for(tab.closed(), 2) == 4001
        assert await visitor.quiet()


@with_rows
async def test_a_lost_right_is_told_and_nothing_more_is_heard(rights):
    member = await someone()
    async with Tab(member) as tab:
        await tab.ask("join", stream="test:2")
        rights[2] = False
        await sync_to_async(publish.recheck)(member.pk)
        assert await asyncio.wait_for(tab.next(), 2) == {"type": "left", "stream": "test:2", "code": "no-longer-yours"}
        await sync_to_async(publish.publish)("test:2", "was.said", {})
        assert await tab.quiet()


@with_rows
async def test_a_session_that_ended_unheard_is_found_by_the_check():
    member = await someone()
    client = Client()
    await sync_to_async(client.force_login)(member)
    async with Tab(client=client) as tab:
        await sync_to_async(publish.recheck)(member.pk)
        assert (await tab.ask("ping"))["type"] == "pong"
        await sync_to_async(client.logout)()
        await sync_to_async(publish.recheck)(member.pk)
        assert await tab.closed() == 4001


@with_rows
async def test_a_page_listens_to_fifty_streams_at_most(rights, monkeypatch):
    monkeypatch.setattr(conversation, "MAX_STREAMS", 1)
    rights[4] = True
    async with Tab(await someone()) as tab:
        await tab.ask("join", stream="test:1")
        await tab.ask("join", stream="test:1", after=1)
        assert (await tab.ask("join", stream="test:4"))["code"] == "too-many-streams"


async def test_a_stream_that_breaks_takes_no_other_along(rights, monkeypatch):
    def breaks(member, number):
        raise ZeroDivisionError

    monkeypatch.setitem(registry._streams, "broken", registry.Stream("broken", breaks))
    async with Tab() as one, Tab() as two:
        await one.send({"type": "join", "stream": "broken:1", "ref": 1})
        await two.send({"type": "join", "stream": "test:1", "ref": 2})
        assert (await one.next())["code"] == "broken"
        assert (await two.next())["type"] == "joined"


class Stuck:
    """A server side that never manages to send."""

    def __init__(self):
        self.sent = []

    async def receive(self):
        if self.sent:
            await asyncio.sleep(60)
        return {"type": "websocket.connect"}

    async def send(self, message):
        self.sent.append(message)
        if message["type"] == "websocket.send":
            await asyncio.sleep(60)


async def test_a_slow_reader_is_dropped_and_nobody_waits_for_it(rights):
    from live.consumers import Socket

    stuck = Stuck()
    slow = Socket(None, None, stuck.receive, stuck.send)
    running = asyncio.create_task(slow.run())
    async with Tab() as quick:
        await quick.ask("join", stream="test:1")
        await slow.talk.hall.enter("test:1", slow)
        heard = []
        for n in range(400):
            hub.send("test:1", {"type": "was.said", "n": n})
            if n % 50 == 49:
                heard += [(await quick.next())["n"] for _ in range(50)]
        assert heard == list(range(400))
    await asyncio.wait_for(running, 5)
    assert stuck.sent[-1]["code"] == 4008


class Halting(Stuck):
    """A server side that takes three frames at once, then one at each tick."""

    def __init__(self):
        super().__init__()
        self.may = asyncio.Semaphore(4)

    async def send(self, message):
        await self.may.acquire()
        self.sent.append(message)


async def test_on_a_slow_line_frames_wait_their_turn_and_the_code_comes_last(rights):
    from live.consumers import Socket

    line = Halting()
    socket = Socket(None, None, line.receive, line.send)
    running = asyncio.create_task(socket.run())
    await asyncio.sleep(0.01)
    assert [each["type"] for each in line.sent] == ["websocket.accept", "websocket.send"]
    for n in range(6):
        socket.say({"n": n})
    assert (len(line.sent), len(socket.queue)) == (4, 3)
    socket.end(4000, "Nothing was heard.")
    socket.say({"n": "after the end"})
    for _ in range(5):
        await asyncio.sleep(0)
        line.may.release()
    await asyncio.wait_for(running, 5)
    assert [json.loads(each["text"])["n"] for each in line.sent[2:-1]] == [0, 1, 2, 3, 4, 5]
    assert line.sent[-1] == {"type": "websocket.close", "code": 4000, "reason": "Nothing was heard."}


async def test_whom_the_server_says_is_gone_is_told_nothing_more(rights):
    from live.consumers import Socket

    class Gone(Stuck):
        async def send(self, message):
            if message["type"] == "websocket.send":
                raise ConnectionResetError
            self.sent.append(message)

    gone = Gone()
    await asyncio.wait_for(Socket(None, None, gone.receive, gone.send).run(), 5)
    assert [each["type"] for each in gone.sent] == ["websocket.accept"]


async def test_what_is_written_already_goes_into_a_frame_as_it_is():
    frames = hub.write([{"seq": 1, "html": 'é "quoted"'}])
    assert json.loads(hub.encode({"frames": frames, "ref": 1})) == {"frames": json.loads(frames), "ref": 1}
    assert json.loads(hub.encode({"frames": frames})) == {"frames": json.loads(frames)}
    assert hub.encode({}) == "{}"


async def test_a_frame_is_encoded_once_for_everyone(rights):
    class Ear:
        def __init__(self):
            self.got = []

        def offer(self, message):
            self.got.append(message)

    hall, ears = hub.hall(), [Ear() for _ in range(450)]
    for ear in ears:
        await hall.enter("test:1", ear)
    for n in range(3):
        hub.send("test:1", {"type": "was.said", "n": n})
    await asyncio.sleep(0.1)
    assert {id(ear.got[1]) for ear in ears} == {id(ears[0].got[1])}
    assert all([json.loads(each["text"])["n"] for each in ear.got] == [0, 1, 2] for ear in ears)
    for ear in ears:
        hall.leave("test:1", ear)
    assert "test:1" not in hall.rooms


async def test_without_anyone_listening_a_frame_goes_nowhere_and_breaks_nothing():
    hub.send("test:77", {"type": "was.said"})
