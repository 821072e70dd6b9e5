"""How much processor time a set of processes has used, from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def family(pid: int) -> list[int]:
    """A process and all that came from it."""
    parents = {int(each.name): _stat(int(each.name)) for each in Path("/proc").iterdir() if each.name.isdigit()}
    found = [pid]
    for one in found:
        found += [child for child, stat in parents.items() if len(stat) > 1 and int(stat[1]) == one]
    return found


def cpu_seconds(*pids: int) -> float:
    """Seconds of processor time of these processes and their children, user and system, dead children included."""
    total = 0
    for pid in {each for root in pids for each in family(root)}:
        stat = _stat(pid)
        if stat:
            total += sum(int(stat[field]) for field in (11, 12, 13, 14))
    return total / TICKS


def resident_bytes(pid: int) -> int:
    """Resident memory of a process and its children, in bytes."""
    pages = 0
    for each in family(pid):
        stat = _stat(each)
        pages += int(stat[21]) if stat else 0
    return pages * os.sysconf("SC_PAGE_SIZE")
