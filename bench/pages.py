"""Pages: processor time and throughput, as multiples of a bare Django view on the same servers in the same run."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench import machine, people, wrk
from bench.servers import SetUp

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 2.0
TURNS = 3
"""So often all addresses are asked, by new connections each time: how these fall to the processes is luck."""
CONNECTIONS = 4

FIND = """
import json
from forum.models import Topic
from django.utils import timezone
from meetups.actions import feeds
from meetups.models import Meetup
from community.models import Group, Member
longest = Topic.objects.order_by("-post_count", "pk").first()
other = Topic.objects.filter(post_count__gte=20, category__group__slug="load-1").order_by("pk").first()
evening = Meetup.objects.filter(group__slug="load-1").order_by("starts_at").first()
first = Group.objects.get(slug="load-0")
print(json.dumps({
    "topic": other.get_absolute_url(), "longest": longest.get_absolute_url(),
    "deep": f"{longest.get_absolute_url()}?page={(longest.last_number - 1) // 20}",
    "meetup": evening.get_absolute_url(), "ics": f"{evening.get_absolute_url()}event.ics",
    "feed": f"/groups/{first.slug}/calendar.ics",
    "own": f"/calendar/{feeds.rotate(member=Member.objects.get(handle='load0'), at=timezone.now())}.ics",
}))
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address; `goal` says the number it is held to and where that number stands."""

    name: str
    path: str
    goal: str = ""
    is_known: bool = False
    """Ask with the ETag it had: the answer is a 304."""
    beside: str = ""
    """The name of the row whose throughput this one's is compared with."""
    seconds: float = SECONDS
    """Of each turn: longer where two rows must be told apart that cost nearly the same."""


BETWEEN = 4
"""After so many addresses the bare view is asked again."""
ASKED = "?by=django"
"""Calendars are kept by their address; with a question that nobody keeps, the site is asked (it keeps their bodies)."""


def addresses(setup: SetUp) -> list[Asked]:
    """What is measured, in the order of the table."""
    found = json.loads(people.shell(setup, FIND))
    return [
        Asked("home", "/"),
        Asked("group", "/groups/load-1/"),
        Asked("topic list", "/forum/", "signed in <= 3x"),
        Asked("topic of 20 posts", found["topic"], "signed in <= 4x"),
        Asked("long topic, first page", found["longest"], seconds=3 * SECONDS),
        Asked("long topic, deep", found["deep"], "<= 1.15 of its first page", seconds=3 * SECONDS),
        Asked("groups nearby", "/groups/near/?q=LS1"),
        Asked("search, one common word", "/search/?q=backup&type=topics"),
        Asked("meetup", found["meetup"], "signed in <= 4x"),
        Asked("month of 500 meetups", "/meetups/?view=month", "<= 5x"),
        Asked("one meetup as .ics", found["ics"], "<= 1.5x"),
        Asked("one meetup as .ics, by Django", found["ics"] + ASKED),
        Asked("one meetup, 304", found["ics"], "<= 0.5x", is_known=True),
        Asked("feed of 200 meetups", found["feed"]),
        Asked("feed of 200, by Django", found["feed"] + ASKED),
        Asked(
            "feed of 200, 304",
            found["feed"],
            "<= 0.5x; 10 times as many as full answers by Django",
            is_known=True,
            beside="feed of 200, by Django",
        ),
        Asked("feed of 200, 304 by Django", found["feed"] + ASKED, is_known=True, beside="feed of 200, by Django"),
        Asked("own calendar, 304", found["own"], "<= 0.5x", is_known=True),
    ]


def ask_once(url: str, headers: dict[str, str], seconds: float, connections: int = CONNECTIONS) -> dict[str, float]:
    """What `wrk` counted, or the client of `bench.client` where there is none."""
    if wrk.is_here():
        return wrk.ask(url, headers, seconds, connections)
    command = [sys.executable, "-m", "bench.client", url, json.dumps(headers), str(seconds), str(connections)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def _etag(url: str, headers: dict[str, str]) -> dict[str, str]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return {"If-None-Match": answer.headers["ETag"]}


def turn(setup: SetUp, asked: Asked, headers: dict[str, str]) -> dict[str, float]:
    """Ask for a while by connections of its own; `spent` is seconds of processor, of web and database processes."""
    before = machine.cpu_seconds(setup.pages_pid, setup.database_pid)
    told = ask_once(setup.pages + asked.path, headers, asked.seconds)
    return told | {"spent": machine.cpu_seconds(setup.pages_pid, setup.database_pid) - before}


def line(asked: Asked, who: str, turns: list[dict[str, float]]) -> dict[str, Any]:
    """All turns together: `p50_ms` is that of the middle one, `p99_ms` that of the worst, `cpu_ms` is for a request."""
    return {
        "name": asked.name,
        "who": who,
        "per_second": mean(each["per_second"] for each in turns),
        "p50_ms": median(each["p50_ms"] for each in turns),
        "p99_ms": max(each["p99_ms"] for each in turns),
        "cpu_ms": sum(each["spent"] for each in turns) / sum(each["requests"] for each in turns) * 1000,
        "goal": asked.goal,
    }


def measure(setup: SetUp, member: people.Person) -> Iterator[dict[str, Any]]:
    """Every address, as a visitor and signed in, each beside the bare view of the same kind.

    All addresses are asked in turn, and then all of them again, with the bare view after every few: a machine is not
    equally quick from one minute to the next, and two rows are compared by what they were in the same minutes.
    `rate_times_full` compares a 304 with the full answer by Django: those from memory are nearly as fast as a 304.
    """
    bare = Asked("bare view", "/bare/")
    for who, headers in (("visitor", {}), ("member", {"Cookie": member.cookie})):
        there = addresses(setup)
        known = {each: _etag(setup.pages + each.path, headers) if each.is_known else {} for each in there}
        told: dict[Asked, list[dict[str, float]]] = {each: [] for each in (bare, *there)}
        for each in told:
            ask_once(setup.pages + each.path, headers, 1.0)  # warm
        for _ in range(TURNS):
            for number, each in enumerate(there):
                if number % BETWEEN == 0:
                    told[bare].append(turn(setup, bare, headers))
                told[each].append(turn(setup, each, headers | known[each]))
        lines = {each.name: line(each, who, turns) for each, turns in told.items()}
        for each in told:
            row, beside = lines[each.name], lines.get(each.beside)
            full = {"rate_times_full": round(row["per_second"] / beside["per_second"], 1)} if beside else {}
            yield (
                row
                | full
                | {
                    "cpu_times_bare": round(row["cpu_ms"] / lines[bare.name]["cpu_ms"], 2),
                    "rate_times_bare": round(row["per_second"] / lines[bare.name]["per_second"], 2),
                }
            )
