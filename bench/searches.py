"""Searching: one after another on one connection, as the peers were measured; another common word each time.

Nothing of an answer is kept from one search to the next (the row says so), so the words in turn hide no cost.
"""

import json
import time
from collections.abc import Iterable
from itertools import product
from urllib.parse import urlencode, urlsplit

from bench import machine, people
from bench.people import Person
from bench.servers import SetUp
from bench.wire import Line

WORDS = "import json; from config.load.size import WORDS; print(json.dumps(WORDS))"
ROUNDS = 8
FILTERS = ("is:open", "in:title", "category:load-1", "group:load-2", "after:2020", "has:poll")


def _asked(words: Iterable[str], **more: str) -> list[str]:
    return [f"/search/?{urlencode({'q': each, **more})}" for each in words]


def _one_after_another(setup: SetUp, paths: list[str], cookie: str) -> list[float]:
    parts, line, spans = urlsplit(setup.pages), Line(setup.pages), []
    for path in paths:
        head = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")
        began = time.perf_counter()
        status = line.ask(f"{head}\r\n".encode())
        spans.append(time.perf_counter() - began)
        if status != 200:
            raise SystemExit(f"{path} was answered {status}")
    line.close()
    return spans


def _row(setup: SetUp, name: str, paths: list[str], cookie: str, goal: str) -> dict[str, object]:
    _one_after_another(setup, paths[: len(paths) // ROUNDS], cookie)  # warm
    before = machine.cpu_seconds(setup.pages_pid, setup.database_pid)
    spans = sorted(_one_after_another(setup, paths, cookie))
    spent = machine.cpu_seconds(setup.pages_pid, setup.database_pid) - before
    p50, p99 = spans[len(spans) // 2] * 1000, spans[len(spans) * 99 // 100] * 1000
    cpu = spent / len(spans) * 1000
    return {
        "name": name,
        "requests": len(spans),
        "p50_ms": p50,
        "p99_ms": p99,
        "cpu_ms": cpu,
        "goal": goal,
        "kept": "no",
    }


def measure(setup: SetUp, member: Person) -> list[dict[str, object]]:
    """In the talk, with a filter, and over everything."""
    words = json.loads(people.shell(setup, WORDS))
    talk = _asked(words, type="topics") * ROUNDS
    narrowed = _asked((f"{word} {name}" for word, name in product(words, FILTERS)), type="topics")
    bare = ["/bare/"] * len(talk)
    return [
        # Absolute times are those of this machine just now; a bare view in the same minute says how fast it is.
        _row(setup, "bare view, one after another", bare, "", ""),
        _row(setup, "search, a common word after another", talk, "", "p50 <= 5 ms"),
        _row(setup, "search, a common word, signed in", talk, member.cookie, ""),
        _row(setup, "search, common words with filters", narrowed, "", ""),
        _row(setup, "search over everything", _asked(words) * ROUNDS, "", ""),
    ]
