"""Pages: processor time and throughput, as multiples of a bare Django view on the same servers in the same run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import machine
from bench.servers import SetUp

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 6.0
CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One address. `cpu_ms` is processor time of web and database processes per request."""

    name: str
    who: str
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    times_bare: float = 0.0


def _session(setup: SetUp) -> str:
    code = (
        "from django.test import Client; from django.conf import settings; from community.models import Member;"
        "client = Client(); client.force_login(Member.objects.get(handle='load1'));"
        "print(settings.SESSION_COOKIE_NAME + '=' + client.cookies[settings.SESSION_COOKIE_NAME].value)"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=setup.surroundings, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def _ask(url: str, headers: dict[str, str], seconds: float) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.client", url, json.dumps(headers), str(seconds), str(CONNECTIONS)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def _measure(setup: SetUp, name: str, path: str, who: str, headers: dict[str, str]) -> Row:
    _ask(setup.pages + path, headers, 1.0)  # warm
    before = machine.cpu_seconds(setup.pages_pid, setup.database_pid)
    told = _ask(setup.pages + path, headers, SECONDS)
    spent = machine.cpu_seconds(setup.pages_pid, setup.database_pid) - before
    return Row(name, who, told["per_second"], told["p50_ms"], told["p99_ms"], spent / told["requests"] * 1000)


def addresses(setup: SetUp) -> list[tuple[str, str]]:
    """What is measured, by name."""
    code = (
        "import json; from forum.models import Topic, Category; from meetups.models import Meetup;"
        "longest = Topic.objects.order_by('-post_count').first(); other = Topic.objects.order_by('pk')[7];"
        "found = [('home', '/'), ('group', '/groups/load-1/'), ('topic list', '/forum/'),"
        "('topic', other.get_absolute_url()), ('long topic, first page', longest.get_absolute_url()),"
        "('long topic, deep', f'{longest.get_absolute_url()}?page={(longest.last_number - 1) // 20}'),"
        "('groups nearby', '/groups/near/?q=LS1'), ('search', '/search/?q=backup&type=topics'),"
        "('group calendar', '/groups/load-1/calendar.ics')];"
        "print(json.dumps(found))"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=setup.surroundings, check=True, capture_output=True, text=True)
    return [tuple(each) for each in json.loads(done.stdout.strip().splitlines()[-1])]


def measure(setup: SetUp) -> Iterator[dict[str, object]]:
    """Every address, as a visitor and signed in, each beside the bare view of the same kind."""
    cookie = {"Cookie": _session(setup)}
    for who, headers in (("visitor", {}), ("member", cookie)):
        bare = _measure(setup, "bare view", "/bare/", who, headers)
        yield asdict(bare) | {"times_bare": 1.0}
        for name, path in addresses(setup):
            row = _measure(setup, name, path, who, headers)
            yield asdict(row) | {"times_bare": round(row.cpu_ms / bare.cpu_ms, 2)}
