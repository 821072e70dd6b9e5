"""`docs/reference/commands.md` names every command of ours with its options, and no other."""

import re
from pathlib import Path

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from tests.house.sizes import FLOORS

ROOT = Path(__file__).resolve().parents[2]
OURS = {name: app for name, app in get_commands().items() if app in FLOORS}


def options(name: str, app: str) -> set[str]:
    """What the command takes besides what every command of Django takes."""
    everyones = {action.dest for action in BaseCommand().create_parser("manage.py", name)._actions}
    own = [
        a for a in load_command_class(app, name).create_parser("manage.py", name)._actions if a.dest not in everyones
    ]
    return {action.option_strings[-1] if action.option_strings else action.dest for action in own}


def test_every_command_is_documented_with_its_options() -> None:
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### `(\w+)`$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    documented = {name: set(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE)) for name, text in sections}
    assert documented == {name: options(name, app) for name, app in OURS.items()}
    assert len(sections) == len(documented)
