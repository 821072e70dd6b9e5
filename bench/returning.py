"""Pages come back after a restart: how long until each knows what it missed, and what that asks of the database."""

import asyncio
import json
import random
import time
from typing import Any

import psycopg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench.people import Person, shell
from bench.servers import SetUp, process, role
from tests.services.site import free_port

MISSED = 40
WAIT = (0.25, 0.5)
"""Seconds before a page tries again, as `static/live/js/live.js` begins."""
GIVE_UP = 60.0

ROOM = """
from django.utils import timezone
from chat.models import Room
from community.models import Group, Member, Membership
group, at = Group.objects.order_by("pk")[0], timezone.now()
inside = Membership.objects.live().filter(group=group)
people = Member.objects.filter(handle__in={handles}).exclude(pk__in=inside.values("member"))
Membership.objects.bulk_create(
    [Membership(group=group, member=each, joined_at=at, starts_on=at.date()) for each in people])
room = Room.objects.create(group=group, title="Bench", created_at=at)
author = inside.first().member
for number in range({missed}):
    room.messages.create(author=author, seq=number + 1, changed_seq=number + 1, body="Words", body_html="<p>Words</p>",
                         client_key=f"bench-{{number:05}}", created_at=at)
Room.objects.filter(pk=room.pk).update(last_seq={missed}, message_count={missed})
print(room.pk)
"""


TOPIC = """
from forum.models import Category, Topic
print(Topic.objects.filter(category__visible_to_whom=Category.Audience.EVERYONE).order_by("pk")[0].pk)
"""


async def _page(url: str, person: Person, streams: list[tuple[str, int | None]]) -> float:
    """One page: tries until the server is there, joins, and has all it missed. When that was."""
    chance = random.Random(person.handle)
    origin = url.replace("ws://", "http://").removesuffix("/ws/")
    while True:
        try:
            async with connect(
                url, origin=origin, additional_headers={"Cookie": person.cookie}, compression=None, open_timeout=GIVE_UP
            ) as wire:
                member = json.loads(await wire.recv())["member"]
                for stream, after in [*streams, (f"inbox:{member}", None), ("talk:0", None)]:
                    await wire.send(json.dumps({"type": "join", "stream": stream, "after": after, "ref": "1"}))
                    answer = json.loads(await wire.recv())
                    if answer["type"] != "joined" or (after == 0 and len(answer["frames"]) != MISSED):
                        raise SystemExit(f"not caught up: {str(answer)[:200]}")
                return time.perf_counter()
        except (OSError, WebSocketException):
            await asyncio.sleep(chance.uniform(*WAIT))


async def _all(url: str, everyone: list[Person], streams: list[tuple[str, int | None]]) -> list[float]:
    return list(await asyncio.wait_for(asyncio.gather(*(_page(url, each, streams) for each in everyone)), GIVE_UP))


def _reads(database: str) -> tuple[int, int]:
    """Statements committed so far, and how often messages were looked up."""
    with psycopg.connect(database) as connection:
        told = connection.execute(
            "SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),"
            " (SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'chat_message')"
        ).fetchone()
    return (told[0], told[1]) if told else (0, 0)


def measure(setup: SetUp, everyone: list[Person]) -> list[dict[str, Any]]:
    """Pages of a room that missed messages, and pages of a topic; each listens for its inbox and the talk too."""
    handles = [person.handle for person in everyone]
    room, topic = shell(setup, ROOM.format(handles=handles, missed=MISSED)), shell(setup, TOPIC)
    return [
        _return("return to a room after a restart", setup, everyone, [(f"room:{room}", 0)]),
        _return("return to a topic", setup, everyone, [(f"topic:{topic}", None), (f"composing:{topic}", None)]),
    ]


def _return(name: str, setup: SetUp, everyone: list[Person], streams: list[tuple[str, int | None]]) -> dict[str, Any]:
    """A socket server is started while all pages are trying."""
    port, database = free_port(), setup.surroundings["DATABASE_URL"]
    time.sleep(1.5)  # what was done before is counted a moment later
    before = _reads(database)
    with process(role("sockets", port), setup.surroundings):
        began = time.perf_counter()
        done = sorted(asyncio.run(_all(f"ws://127.0.0.1:{port}/ws/", everyone, streams)))
    # Its connections tell their numbers when they end, at the latest.
    asked, looked = (now - then for now, then in zip(_reads(database), before, strict=True))
    return {
        "name": name,
        "sockets": len(everyone),
        "first_s": done[0] - began,
        "all_s": done[-1] - began,
        "all_after_first_s": done[-1] - done[0],
        "statements_each": asked / len(everyone),
        "message_scans": looked,
        "goal": "all within 5 s of the server being there, at most one query each",
    }
