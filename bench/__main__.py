"""`make bench`: start the production set-up, make the load, measure, write `bench/results/latest.json` and a table."""

import argparse
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench import http, servers, sockets

RESULTS = Path(__file__).resolve().parent / "results"


def show(rows: list[dict[str, object]]) -> None:
    """A table on the terminal."""
    if not rows:
        return
    names = list(rows[0])
    cells = [[f"{row[name]:.2f}" if isinstance(row[name], float) else str(row[name]) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[column]) for line in cells)) for column, name in enumerate(names)]
    for line in [names, *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    print()


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", default="20000")
    parser.add_argument("--posts", default="400000")
    parser.add_argument("--sockets", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    size = ["--topics", options.topics, "--posts", options.posts]
    with servers.running(size) as setup:
        pages = list(http.measure(setup))
        live = sockets.measure(setup, options.sockets, options.seconds)
    show(pages)
    show(live)
    RESULTS.mkdir(exist_ok=True)
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "load": {"topics": int(options.topics), "posts": int(options.posts)},
        "pages": pages,
        "sockets": live,
    }
    (RESULTS / "latest.json").write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
