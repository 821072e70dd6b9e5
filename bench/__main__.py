"""`make bench`: start the production set-up, make the load, measure, write `bench/results/latest.json` and a table."""

import argparse
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench import pages, people, returning, searches, servers, sockets, writes, wrk

RESULTS = Path(__file__).resolve().parent / "results"


def show(rows: list[dict[str, object]]) -> None:
    """A table on the terminal."""
    if not rows:
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name, "")) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[column]) for line in cells)) for column, name in enumerate(names)]
    for line in [names, *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    print(flush=True)


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", default="20000")
    parser.add_argument("--posts", default="400000")
    parser.add_argument("--sockets", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=60.0, help="How long the room of sockets is talked to")
    parser.add_argument(
        "--only",
        choices=["pages", "searches", "writes", "sockets", "returning"],
        help="One part; nothing is written down",
    )
    options = parser.parse_args()
    told: dict[str, object] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "client": wrk.NAME if wrk.is_here() else "Python",
        },
        "load": {"topics": int(options.topics), "posts": int(options.posts)},
    }
    with servers.running(["--topics", options.topics, "--posts", options.posts]) as setup:
        everyone = people.signed_in(setup, 500)
        parts = {
            "pages": lambda: list(pages.measure(setup, everyone[1])),
            "searches": lambda: searches.measure(setup, everyone[1]),
            "writes": lambda: writes.measure(setup, everyone),
            "returning": lambda: returning.measure(setup, everyone),
            "sockets": lambda: sockets.measure(setup, options.sockets, options.seconds),
        }
        for name, measured in parts.items():
            if options.only in {None, name}:
                told[name] = measured()
                show(told[name])
    if options.only is None:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "latest.json").write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
