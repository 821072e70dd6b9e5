"""Sockets: deliveries and processor time of the hub, beside a bare `websockets` broadcast in the same run."""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.asyncio.server import broadcast, serve

from bench import machine
from bench.servers import SetUp
from tests.services.site import free_port

ROOT = Path(__file__).resolve().parents[1]
PER_SECOND = 20
STREAM = "topic:1"


async def _listen(url: str, join: dict[str, Any] | None, until: float, spans: list[float]) -> None:
    async with connect(url, compression=None, origin=None, max_queue=None) as wire:  # type: ignore[arg-type]
        if join:
            await wire.send(json.dumps(join))
        while (left := until - time.time()) > 0:
            try:
                frame = json.loads(await asyncio.wait_for(wire.recv(), left))
            except TimeoutError:
                return
            if "said_at" in frame:
                spans.append(time.time() - frame["said_at"])


async def listen(url: str, join: dict[str, Any] | None, number: int, seconds: float) -> list[float]:
    """Open `number` sockets and answer how long each delivery took, in seconds."""
    spans: list[float] = []
    until = time.time() + seconds
    tasks = []
    for _ in range(number):
        tasks.append(asyncio.create_task(_listen(url, join, until, spans)))
        await asyncio.sleep(0.005)
    await asyncio.gather(*tasks)
    return spans


async def bare(port: int) -> None:
    """A broadcast server with nothing around it: what the machine can do."""
    async with serve(lambda wire: wire.wait_closed(), "127.0.0.1", port, compression=None) as server:
        while True:
            await asyncio.sleep(1 / PER_SECOND)
            broadcast(server.connections, json.dumps({"type": "x", "pad": "x" * 160, "said_at": time.time()}))


def _speak(setup: SetUp, seconds: float) -> "subprocess.Popen[bytes]":
    code = (
        "import time; from live import hub;"
        f"end = time.time() + {seconds};"
        "\nwhile time.time() < end:\n"
        f"    hub.send({STREAM!r}, {{'type': 'x', 'stream': {STREAM!r}, 'pad': 'x' * 130, 'said_at': time.time()}})\n"
        f"    time.sleep(1 / {PER_SECOND})\n"
    )
    return subprocess.Popen([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=setup.surroundings)


def _row(name: str, number: int, spans: list[float], cpu: float, seconds: float, memory: float) -> dict[str, Any]:
    spans.sort()
    return {
        "name": name,
        "sockets": number,
        "deliveries": len(spans),
        "per_second": len(spans) / seconds,
        "p50_ms": spans[len(spans) // 2] * 1000 if spans else 0.0,
        "p99_ms": spans[len(spans) * 99 // 100] * 1000 if spans else 0.0,
        "cpu_us_each": cpu / max(len(spans), 1) * 1e6,
        "kb_each": memory / number / 1000,
    }


def _client(url: str, join: dict[str, Any] | None, number: int, seconds: float) -> list[float]:
    command = [sys.executable, "-m", "bench.sockets", "listen", url, json.dumps(join), str(number), str(seconds)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def _against(name: str, url: str, pid: int, join: dict[str, Any] | None, number: int, seconds: float) -> dict[str, Any]:
    memory, cpu = machine.resident_bytes(pid), machine.cpu_seconds(pid)
    spans = _client(url, join, number, seconds)
    return _row(
        name, number, spans, machine.cpu_seconds(pid) - cpu, seconds, max(machine.resident_bytes(pid) - memory, 0)
    )


def measure(setup: SetUp, number: int, seconds: float) -> list[dict[str, Any]]:
    """The hub on uvicorn, then the bare server, both with the same listeners."""
    speaker = _speak(setup, seconds + 15)
    join = {"type": "join", "stream": STREAM, "ref": "1"}
    ours = _against("hub on uvicorn", setup.sockets, setup.sockets_pid, join, number, seconds)
    speaker.terminate()
    speaker.wait()
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "bench.sockets", "bare", str(port)], cwd=ROOT)
    time.sleep(1.5)
    theirs = _against("bare websockets", f"ws://127.0.0.1:{port}/", server.pid, None, number, seconds)
    server.terminate()
    server.wait()
    ratio = ours["per_second"] / theirs["per_second"] if theirs["per_second"] else 0.0
    return [ours | {"times_bare": round(ratio, 2)}, theirs | {"times_bare": 1.0}]


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        asyncio.run(bare(int(sys.argv[2])))
    else:
        _, _, address, frame, amount, span = sys.argv
        print(json.dumps(asyncio.run(listen(address, json.loads(frame), int(amount), float(span)))))
