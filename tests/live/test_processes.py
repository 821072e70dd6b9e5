"""Two server processes, one database, one real Redis: nothing said is lost, whoever falls over."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import redis
import websockets
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from live import bridge, hub
from tests.factories.chat import RoomFactory
from tests.factories.community import MembershipFactory
from tests.servers import Site, free_port
from tests.services import valkey

pytestmark = [pytest.mark.servers, pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
SERVERS = {
    "uvicorn": ["uvicorn", "--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--port"],
    "daphne": ["daphne", "-b", "127.0.0.1", "-p"],
}


def database_url() -> str:
    """The test database, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


class Server:
    """One process that serves the site."""

    def __init__(self, name: str, redis_url: str) -> None:
        self.name, self.port, self.redis_url = name, free_port(), redis_url
        self.url = f"ws://localhost:{self.port}/ws/"

    def start(self) -> None:
        told = {"DATABASE_URL": database_url(), "REDIS_URL": self.redis_url}
        command = [sys.executable, "-m", *SERVERS[self.name], str(self.port), "config.asgi:application"]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, **told, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until it answers; a busy machine takes a while to load Django."""
        last = time.monotonic() + 60
        while time.monotonic() < last:
            assert self.process.poll() is None, "the server fell over at once"
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/nothing-here/", timeout=20)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@dataclass
class Cluster:
    redis: valkey.Valkey
    first: Server
    second: Server


@pytest.fixture(scope="module")
def cluster(django_db_setup: None) -> Iterator[Cluster]:
    """One uvicorn and one daphne on the test database, and a Redis between them."""
    with ExitStack() as stack:
        redis = stack.enter_context(valkey.own())
        servers = [Server(name, redis.url) for name in ("uvicorn", "daphne")]
        for server in servers:
            server.start()
            stack.callback(server.kill)
        for server in servers:
            server.wait()
        yield Cluster(redis, *servers)


class Page:
    """A client that keeps what the protocol asks of one: a clock, and what came after when it is told to ask."""

    def __init__(self, server: Server, member: Any, room: int) -> None:
        self.server, self.member, self.stream = server, member, f"room:{room}"
        self.seen: dict[int, tuple[int, str]] = {}
        self.clock = self.refs = 0
        self.resynced = 0

    async def open(self) -> "Page":
        cookie = await sync_to_async(Site(self.server.port).cookie)(self.member)
        headers = {"Cookie": f"{cookie['name']}={cookie['value']}"}
        self.wire = await websockets.connect(
            self.server.url, origin=f"http://localhost:{self.server.port}", additional_headers=headers
        )
        assert (await self.receive())["type"] == "hello"
        await self.join()
        return self

    async def receive(self) -> dict[str, Any]:
        frame = json.loads(await asyncio.wait_for(self.wire.recv(), 15))
        self.merge(frame)
        return frame

    def merge(self, frame: dict[str, Any]) -> None:
        for each in [frame, *frame.get("frames", []), *([frame["message"]] if "message" in frame else [])]:
            if str(each.get("type")).startswith("message."):
                if each["seq"] > self.seen.get(each["number"], (0, ""))[0]:
                    self.seen[each["number"]] = (each["seq"], each["type"])
                self.clock = max(self.clock, each["seq"])

    async def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        self.refs += 1
        await self.wire.send(json.dumps({"type": kind, "stream": self.stream, "ref": self.refs, **fields}))
        while True:
            frame = await self.receive()
            if frame.get("ref") == self.refs:
                return frame
            if frame["type"] == "resync":
                self.resynced += 1

    async def join(self) -> None:
        answer = await self.ask("join", after=self.clock)
        assert answer["type"] == "joined", answer

    async def say(self, words: str) -> None:
        answer = await self.ask("say", body=words, key=f"key-{words.replace(' ', '-'):_<8}")
        assert answer["type"] == "done", answer

    async def until(self, count: int) -> list[int]:
        """Listen, asking again when told to, until so many messages are seen."""
        while len(self.seen) < count:
            if (await self.receive())["type"] == "resync":
                self.resynced += 1
                await self.join()
        return sorted(self.seen)


@sync_to_async
def people() -> tuple[int, Any, Any]:
    room = RoomFactory(is_main=True)
    return room.pk, *(MembershipFactory(group=room.group, member__attended_at=room.created_at).member for _ in range(2))


@pytest.mark.timeout(180)
async def test_what_is_said_through_one_process_is_heard_at_the_other_whoever_falls_over(cluster):
    room, ada, bob = await people()
    one, two = await Page(cluster.first, ada, room).open(), await Page(cluster.second, bob, room).open()
    await one.say("Through the wire")
    assert await two.until(1) == [1]
    assert two.resynced == 0

    cluster.redis.stop()
    await one.say("Redis is away")
    await one.say("And the site is not")
    assert sorted(one.seen) == [1, 2, 3]
    cluster.redis.start()
    assert await two.until(3) == [1, 2, 3]
    assert two.resynced >= 1

    await asyncio.sleep(bridge.QUIET_FOR + 0.1)
    await one.say("Live again")
    assert await two.until(4) == [1, 2, 3, 4]

    cluster.second.kill()
    await one.say("While the other was dead")
    cluster.second.start()
    await sync_to_async(cluster.second.wait)()
    two = await Page(cluster.second, bob, room).open()
    assert two.seen == {n: (n, "message.added") for n in range(1, 6)}
    await two.wire.close()
    await one.wire.close()


@pytest.mark.timeout(180)
async def test_signing_out_anywhere_closes_the_sockets_everywhere(cluster):
    room, ada, bob = await people()
    pages = [await Page(server, ada, room).open() for server in (cluster.first, cluster.second)]
    other = await Page(cluster.first, bob, room).open()
    with redis.Redis.from_url(cluster.redis.url) as wire:
        wire.publish(f"{bridge.PREFIX}member:{ada.pk}", hub.encode({"type": "session.ended", "reason": "Signed out."}))
    for page in pages:
        with pytest.raises(websockets.ConnectionClosed):
            await asyncio.wait_for(page.wire.recv(), 2)
        assert page.wire.close_code == 4001
    assert (await other.ask("ping"))["type"] == "pong"
    await other.wire.close()
