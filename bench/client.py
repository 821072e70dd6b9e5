"""Asks one address many times from a process of its own: `python -m bench.client URL COOKIE SECONDS CONNECTIONS`."""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit


async def _one(host: str, port: int, request: bytes, until: float, spans: list[float]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")):
            raise SystemExit(f"unexpected answer: {head[:200]!r}")
        lines = head.lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), None)
        if length is not None:
            await reader.readexactly(length)
        elif any(b"chunked" in line for line in lines):
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        spans.append(time.perf_counter() - began)
    writer.close()


async def ask(url: str, headers: dict[str, str], seconds: float, connections: int) -> dict[str, float]:
    """Requests a second, and the median and 99th percentile in milliseconds, over `connections` kept open."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{name}: {value}" for name, value in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    spans: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(
        *(_one(parts.hostname or "", parts.port or 80, request, until, spans) for _ in range(connections))
    )
    spans.sort()
    return {
        "requests": len(spans),
        "per_second": len(spans) / seconds,
        "p50_ms": spans[len(spans) // 2] * 1000,
        "p99_ms": spans[len(spans) * 99 // 100] * 1000,
    }


if __name__ == "__main__":
    url, headers, seconds, connections = sys.argv[1:]
    print(json.dumps(asyncio.run(ask(url, json.loads(headers), float(seconds), int(connections)))))
