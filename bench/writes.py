"""Writing: a reply after another, a search after another, and five hundred answers for twenty seats at once."""

import asyncio
import json
import os
import subprocess
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench import people, servers
from bench.people import TOKEN, Person
from bench.servers import SetUp
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[1]
GROUPS = 50
EACH = 4
"""Replies of one member: fewer than a member may write in five minutes."""

PLACES = """
import json
from forum.models import Topic
from meetups.models import Meetup
topic = Topic.objects.filter(post_count__gte=20, category__group__slug="load-1").order_by("-pk").first()
evening = Meetup.objects.filter(group__slug="load-2").order_by("-starts_at").first()
Meetup.objects.filter(pk=evening.pk).update(capacity=20)
print(json.dumps({"topic": topic.pk, "meetup": evening.pk, "address": evening.get_absolute_url()}))
"""
OUTCOME = """
import json
from django.db.models import Count
from meetups.models import Rsvp
rows = Rsvp.objects.filter(meetup={meetup})
queue = list(rows.filter(state="waitlisted").order_by("created_at", "pk").values_list("queue_number", flat=True))
print(json.dumps({{"going": rows.filter(state="going").count(), "waiting": len(queue),
                  "in_order": queue == list(range(1, len(queue) + 1))}}))
"""


async def post(url: str, cookie: str, fields: dict[str, str], wire: servers.Wire | None = None) -> tuple[int, float]:
    """Send a form on a connection of its own (or on `wire`); the status and the seconds it took."""
    parts = urlsplit(url)
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode()
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    wire = wire or await servers.Wire.open(parts.hostname or "", parts.port or 80)
    began = time.perf_counter()
    status = await wire.ask(head.encode() + body)
    return status, time.perf_counter() - began


def _line(name: str, spans: list[float], goal: str, **more: object) -> dict[str, object]:
    spans = sorted(spans)
    p50, p99 = spans[len(spans) // 2] * 1000, spans[len(spans) * 99 // 100] * 1000
    return {"name": name, "requests": len(spans), "p50_ms": p50, "p99_ms": p99, "goal": goal, **more}


async def _replies(setup: SetUp, writers: list[Person], topic: int) -> list[float]:
    parts, spans = urlsplit(setup.pages), []
    wire = await servers.Wire.open(parts.hostname or "", parts.port or 80)
    for number in range(EACH):
        for writer in writers:
            fields = {"body": f"We keep it in the safe, number {number}.", "client_key": f"{writer.handle}-{number}"}
            status, span = await post(f"{setup.pages}/forum/reply/{topic}/", writer.cookie, fields, wire)
            if status != 302:
                raise SystemExit(f"a reply was answered {status}")
            spans.append(span)
    return spans


async def _rush(address: str, crowd: list[Person]) -> tuple[Counter[int], list[float], float]:
    began = time.perf_counter()
    told = await asyncio.gather(*(post(f"{address}rsvp/", each.cookie, {"state": "going"}) for each in crowd))
    return Counter(status for status, _ in told), [span for _, span in told], time.perf_counter() - began


def rush(setup: SetUp, crowd: list[Person], found: dict[str, object]) -> dict[str, object]:
    """All at once, on four web processes of their own."""
    port = free_port()
    command = servers.role("pages", port, workers=4)
    process = subprocess.Popen(command, env=setup.surroundings, cwd=ROOT)
    try:
        servers.wait(f"http://127.0.0.1:{port}/bare/")
        statuses, spans, seconds = asyncio.run(_rush(f"http://127.0.0.1:{port}{found['address']}", crowd))
    finally:
        process.terminate()
        process.wait(20)
    outcome = json.loads(people.shell(setup, OUTCOME.format(meetup=found["meetup"])))
    said = {str(status): number for status, number in sorted(statuses.items())}
    rate = len(spans) / seconds
    goal = "20 going, 480 in order, no 5xx, > 60 a second"
    return _line("500 answers for 20 seats", spans, goal, per_second=rate, statuses=said, **outcome)


def measure(setup: SetUp, everyone: list[Person]) -> list[dict[str, object]]:
    """The rows of writing."""
    found = json.loads(people.shell(setup, PLACES))
    writers = [each for each in everyone if each.number % GROUPS == 1]
    replies = asyncio.run(_replies(setup, writers, found["topic"]))
    return [
        _line("reply", replies, "p50 <= 12 ms", cpus=os.cpu_count()),
        rush(setup, everyone[:500], found),
    ]
