"""`docs/reference/addresses.md` names every page and feed of ours that a visitor may open, and no other."""

import re
from pathlib import Path

from django.urls import get_resolver

from tests.house.permissions import ROUTES
from tests.house.sizes import FLOORS
from tests.house.test_permissions import names

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/addresses.md"


def is_open(name: str) -> bool:
    """A visitor who asks for it gets it."""
    method, _, answers = ROUTES.get(name, ("", {}, ""))
    return name.split(":", maxsplit=1)[0] in FLOORS and method == "GET" and answers.startswith("200 ")


def test_every_open_address_is_documented() -> None:
    routes = names(get_resolver().url_patterns)
    there = {"/" + re.sub(r"<\w+:", "<", route) for name, route in routes if is_open(name)}
    documented = re.findall(r"^\| `(/[^`]*)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(there)
