"""`wrk`, where the machine has it: its load costs a tenth of a client in Python, so that quick pages show how quick."""

import re
import shutil
import subprocess

NAME = "wrk"
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_DONE = re.compile(r"^\s*(\d+) requests in ([\d.]+)(us|ms|s|m),", re.MULTILINE)
_SPAN = re.compile(r"^\s*(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)
_WRONG = re.compile(r"^\s*(Non-2xx or 3xx responses:.*|Socket errors:.*)$", re.MULTILINE)


def is_here() -> bool:
    """Whether it can be called."""
    return shutil.which(NAME) is not None


def ask(url: str, headers: dict[str, str], seconds: float, connections: int) -> dict[str, float]:
    """What `bench.client.ask` answers, over as many kept connections, by one thread."""
    command = [NAME, "-t1", f"-c{connections}", f"-d{round(seconds)}s", "--latency", "--timeout", "30s"]
    command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    try:
        return read(subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout)
    except SystemExit as error:
        raise SystemExit(f"{url}: {error}") from None


def read(printed: str) -> dict[str, float]:
    """Its report as numbers. Stops the run where an answer was not 2xx or 3xx, or a connection broke."""
    done = _DONE.search(printed)
    spans = {percent: float(span) * UNITS[unit] for percent, span, unit in _SPAN.findall(printed)}
    if wrong := _WRONG.search(printed):
        raise SystemExit(f"unexpected answers: {wrong[1]}")
    if done is None or len(spans) < 2:
        raise SystemExit(f"not understood: {printed[:300]}")
    requests, seconds = int(done[1]), float(done[2]) * UNITS[done[3]] / 1000
    return {
        "requests": requests,
        "per_second": requests / seconds,
        "p50_ms": spans["50"],
        "p99_ms": spans["99"],
    }
