"""Sockets: deliveries, delay and processor time of the hub, beside a bare `websockets` broadcast in the same run."""

import asyncio
import json
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from websockets.asyncio.server import broadcast, serve

from bench import machine
from bench.servers import SetUp, process, role, wait
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[1]
PER_SECOND, BUSY = 20, 32
"""Messages a second, and as many as saturate."""
BUSY_FOR = 15.0
STREAM = "topic:1"
PAD = "x" * 130
"""A frame is about 200 bytes with it."""


def frame(number: int) -> dict[str, Any]:
    """What is said; the listener looks for the two numbers in its end."""
    return {"pad": PAD, "n": number, "said_at": time.time()}


async def _broadcast(port: int) -> None:
    """A server with nothing around it: what the machine can do. A line on its standard input starts it talking."""
    async with serve(lambda wire: wire.wait_closed(), "127.0.0.1", port, compression=None) as server:
        print("READY", flush=True)
        seconds = float(await asyncio.to_thread(sys.stdin.readline))
        began = time.perf_counter()
        for number in range(round(seconds * PER_SECOND)):
            text = json.dumps({"type": "x", "stream": STREAM, **frame(number)}, separators=(",", ":"))
            broadcast(server.connections, text)
            await asyncio.sleep(max(0, began + (number + 1) / PER_SECOND - time.perf_counter()))
        await asyncio.sleep(10)


SPEAK = """
import time
from bench import sockets
from live import hub
began = time.perf_counter()
for number in range(round({seconds} * {rate})):
    hub.send(sockets.STREAM, {{"type": "x", "stream": sockets.STREAM, **sockets.frame(number)}})
    time.sleep(max(0, began + (number + 1) / {rate} - time.perf_counter()))
"""


def _listen(urls: list[str], join: str, number: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.listeners", ",".join(urls), join, str(number)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    if process.stdout.readline().strip() != "READY":
        raise SystemExit("the listeners did not get in")
    return process


def _told(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(process.stdout.readline())
    process.wait(30)
    return told


def _row(name: str, number: int, told: dict[str, Any], cpu: float, memory: float) -> dict[str, Any]:
    rate = told["deliveries"] / told["seconds"]
    each = {"cpu_us_each": cpu / told["deliveries"] * 1e6, "kb_idle": memory / number / 1000}
    return {"name": name, "sockets": number, "per_second": rate, **told, **each}


def ours(
    setup: SetUp, number: int, seconds: float, name: str = "hub, two uvicorn, Redis", rate: int = PER_SECOND
) -> dict[str, Any]:
    """The hub, on the site's own socket servers, through Redis."""
    before = sum(machine.resident_bytes(pid) for pid in setup.sockets_pids)
    listeners = _listen(setup.sockets, json.dumps({"type": "join", "stream": STREAM, "ref": "1"}), number)
    memory = sum(machine.resident_bytes(pid) for pid in setup.sockets_pids) - before
    cpu = machine.cpu_seconds(*setup.sockets_pids)
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SPEAK.format(seconds=seconds, rate=rate)]
    subprocess.run(command, cwd=ROOT, env=setup.surroundings, check=True)
    told = _told(listeners)
    return _row(name, number, told, machine.cpu_seconds(*setup.sockets_pids) - cpu, memory)


def embedded(setup: SetUp, number: int, seconds: float) -> dict[str, Any]:
    """The same on daphne, which serves a small site alone; as many processes, to be compared."""
    ports = [free_port() for _ in setup.sockets]
    with ExitStack() as stack:
        pids = [stack.enter_context(process([*role("all", port), "-v", "0"], setup.surroundings)) for port in ports]
        for port in ports:
            wait(f"http://127.0.0.1:{port}/health/live")
        there = replace(setup, sockets=[f"ws://127.0.0.1:{port}/ws/" for port in ports], sockets_pids=pids)
        return ours(there, number, seconds, "hub, two daphne, Redis")


def bare(number: int, seconds: float) -> dict[str, Any]:
    """The same listeners on a broadcast server with nothing around it."""
    port = free_port()
    command = [sys.executable, "-m", "bench.sockets", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdout.readline()
        before = machine.resident_bytes(server.pid)
        listeners = _listen([f"ws://127.0.0.1:{port}/"], "", number)
        memory = machine.resident_bytes(server.pid) - before
        cpu = machine.cpu_seconds(server.pid)
        server.stdin.write(f"{seconds}\n")
        server.stdin.flush()
        told = _told(listeners)
        spent = machine.cpu_seconds(server.pid) - cpu
        server.terminate()
    return _row("bare websockets broadcast", number, told, spent, memory)


def measure(setup: SetUp, number: int, seconds: float) -> list[dict[str, Any]]:
    """One after the other; daphne with a quarter of the sockets, because two cores carry no more."""
    hub, peer = ours(setup, number, seconds), bare(number, seconds)
    ratio = round(hub["per_second"] / peer["per_second"], 2)
    goal = ">= 0.8 of bare, none lost, p99 < 100 ms, <= 20 us, < 30 kB"
    beside = embedded(setup, number // 4, seconds) | {
        "rate_times_bare": "",
        "goal": "reported beside, a quarter of the sockets",
    }
    busy = ours(setup, number, BUSY_FOR, "hub, saturated", BUSY) | {
        "rate_times_bare": "",
        "goal": f">= 60,000 a second of {number * BUSY:,} offered, none lost",
    }
    return [hub | {"rate_times_bare": ratio, "goal": goal}, peer | {"rate_times_bare": 1.0, "goal": ""}, beside, busy]


if __name__ == "__main__":
    asyncio.run(_broadcast(int(sys.argv[1])))
