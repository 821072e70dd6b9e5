"""`docs/reference/settings.md` names every environment variable that `config/env.py` reads, and no other."""

import re
from pathlib import Path

from tests.house.sizes import FLOORS

ROOT = Path(__file__).resolve().parents[2]
# Read by the suite and its tools, not by the site.
OF_THE_SUITE = {"TEST_DATABASE_URL", "TEST_REDIS_URL", "PLAYWRIGHT_CHROMIUM", "SOAK"}


def test_every_variable_is_documented() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config/env.py").read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text(), re.MULTILINE))
    assert documented - OF_THE_SUITE == read


def test_nothing_else_reads_the_environment() -> None:
    readers = sorted(
        str(file.relative_to(ROOT))
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*.py")
        if re.search(r"os\.getenv|os\.environ\.get|os\.environ\[[^]]+\](?! =)", file.read_text())
    )
    assert readers == []
