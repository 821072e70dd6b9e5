"""Writing: a reply after another, and five hundred answers for twenty seats at once."""

import asyncio
import json
import os
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

from bench import people, servers
from bench.people import TOKEN, Person
from bench.servers import SetUp
from bench.wire import Line, Wire
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[1]
GROUPS = 50
WATCHING = 5
"""Members who watch the topic: each reply writes them a notice."""
PLACES_WRITTEN = 10
"""Topics that are written in, each in a group of its own."""
EACH = 4
"""Replies of one member: fewer than a member may write in five minutes."""

PLACES = """
import json
from django.utils import timezone
from community.models import Member
from forum.models import Reading, Topic
from meetups.models import Meetup
topics = {
    number: Topic.objects.filter(post_count__gte=20, category__group__slug=f"load-{number}").order_by("-pk").first()
    for number in range(1, 1 + {places})
}
evening = Meetup.objects.filter(group__slug="load-2").order_by("-starts_at").first()
Meetup.objects.filter(pk=evening.pk).update(capacity=20)
for watcher in Member.objects.filter(handle__in=[f"load{number}" for number in range(2, 2 + {watching})]):
    for topic in topics.values():
        Reading.objects.create(topic=topic, member=watcher, level="watching", last_number=1, read_at=timezone.now())
topics = {number: topic.pk for number, topic in topics.items()}
print(json.dumps({"topics": topics, "meetup": evening.pk, "address": evening.get_absolute_url()}))
"""
OUTCOME = """
import json
from meetups.models import Rsvp
rows = Rsvp.objects.filter(meetup={meetup}, state__in=["going", "waitlisted"])
found = rows.values_list("member__handle", "queue_number", "created_at")
print(json.dumps([[handle, number or 0, begun.timestamp()] for handle, number, begun in found]))
"""
"""Who, the number in the queue (0: a seat), and when a process took the answer up."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, by the clock of who pressed."""

    status: int
    pressed: float
    answered: float


def order(rows: list[tuple[str, int, float]], told: dict[str, Told]) -> dict[str, object]:
    """How the queue stands to the order in which people came.

    It is `in_order` where its numbers have no gap and nobody stands behind somebody who pressed only when they had
    their answer already. `passed_ms` is about those on their way together: by how much somebody was taken up earlier,
    by whichever process, than somebody who then had their turn first.
    """
    going, queue = [row for row in rows if not row[1]], sorted((row for row in rows if row[1]), key=lambda row: row[1])
    pairs = list(combinations(queue, 2)) + list(product(going, queue))
    passed = [told[first[0]].pressed > told[second[0]].answered for first, second in pairs]
    early = max((first[2] - second[2] for first, second in pairs), default=0.0)
    return {
        "going": len(going),
        "waiting": len(queue),
        "in_order": [row[1] for row in queue] == list(range(1, len(queue) + 1)) and not any(passed),
        "passed_ms": max(0.0, early * 1000),
    }


def _request(url: str, cookie: str, fields: dict[str, str]) -> bytes:
    """A form as it is sent."""
    parts = urlsplit(url)
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode()
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    return head.encode() + body


async def post(url: str, cookie: str, fields: dict[str, str]) -> Told:
    """Send a form on a connection of its own."""
    parts, request = urlsplit(url), _request(url, cookie, fields)
    wire = await Wire.open(parts.hostname or "", parts.port or 80)
    began = time.perf_counter()
    return Told(await wire.ask(request), began, time.perf_counter())


def _line(name: str, spans: list[float], goal: str, **more: object) -> dict[str, object]:
    spans = sorted(spans)
    p50, p99 = spans[len(spans) // 2] * 1000, spans[len(spans) * 99 // 100] * 1000
    return {"name": name, "requests": len(spans), "p50_ms": p50, "p99_ms": p99, "goal": goal, **more}


def _replies(setup: SetUp, everyone: list[Person], topics: dict[int, int]) -> list[float]:
    """One after another; a new connection each round, for those of one reach one process.

    The first round is not counted, and the database has looked at its tables after it: a server that has just begun
    reads its code, and the load holds no notices. Each reply has a key of its own: one sent twice would cost little.
    """
    spans: list[float] = []
    writers = [(each, topics[each.number % GROUPS]) for each in everyone if each.number % GROUPS in topics]
    for number in range(EACH):
        line = Line(setup.pages)
        for writer, topic in writers:
            fields = {"body": f"We keep it in the safe, number {number}.", "client_key": f"{writer.handle}-{number}"}
            request = _request(f"{setup.pages}/forum/reply/{topic}/", writer.cookie, fields)
            began = time.perf_counter()
            status = line.ask(request)
            if status != 302:
                raise SystemExit(f"a reply was answered {status}")
            if number:
                spans.append(time.perf_counter() - began)
        line.close()
        if not number:
            with psycopg.connect(setup.surroundings["DATABASE_URL"], autocommit=True) as connection:
                connection.execute("ANALYZE")
    return spans


def _bare(setup: SetUp, writer: Person, times: int) -> list[float]:
    """The bare view, asked in the same way in the same minute: absolute times are those of this machine just now."""
    line, spans = Line(setup.pages), []
    head = f"GET /bare/ HTTP/1.1\r\nHost: {urlsplit(setup.pages).netloc}\r\nCookie: {writer.cookie}\r\n\r\n"
    for _ in range(times):
        began = time.perf_counter()
        line.ask(head.encode())
        spans.append(time.perf_counter() - began)
    line.close()
    return spans


async def _rush(address: str, crowd: list[Person]) -> dict[str, Told]:
    told = await asyncio.gather(*(post(f"{address}rsvp/", each.cookie, {"state": "going"}) for each in crowd))
    return dict(zip((each.handle for each in crowd), told, strict=True))


def rush(setup: SetUp, crowd: list[Person], found: dict[str, object]) -> dict[str, object]:
    """All at once, on four web processes of their own."""
    port = free_port()
    command = servers.role("pages", port, workers=4)
    process = subprocess.Popen(command, env=setup.surroundings, cwd=ROOT)
    try:
        servers.wait(f"http://127.0.0.1:{port}/bare/")
        servers.settled(process.pid)
        told = asyncio.run(_rush(f"http://127.0.0.1:{port}{found['address']}", crowd))
    finally:
        process.terminate()
        process.wait(20)
    outcome = order(json.loads(people.shell(setup, OUTCOME.format(meetup=found["meetup"]))), told)
    said = {str(status): number for status, number in sorted(Counter(each.status for each in told.values()).items())}
    spans = [each.answered - each.pressed for each in told.values()]
    rate = len(told) / (max(each.answered for each in told.values()) - min(each.pressed for each in told.values()))
    goal = "20 going, 480 in order, no 5xx, > 60 a second"
    return _line("500 answers for 20 seats", spans, goal, per_second=rate, statuses=said, **outcome)


def measure(setup: SetUp, everyone: list[Person]) -> list[dict[str, object]]:
    """The rows of writing."""
    script = PLACES.replace("{watching}", str(WATCHING)).replace("{places}", str(PLACES_WRITTEN))
    found = json.loads(people.shell(setup, script))
    topics = {int(group): topic for group, topic in found["topics"].items()}
    replies = _replies(setup, everyone, topics)
    bare = _bare(setup, everyone[1], len(replies))
    return [
        _line("bare view, one after another", bare, ""),
        _line("reply, with notices", replies, "p50 <= 12 ms", cpus=os.cpu_count(), watching=WATCHING),
        rush(setup, everyone[:500], found),
    ]
