"""How long files and functions may be, and which names are refused."""

import ast
from collections.abc import Iterator
from pathlib import Path

FLOORS = (
    "config",
    "cms",
    "meetups",
    "chat",
    "forum",
    "sponsors",
    "moderation",
    "community",
    "notifications",
    "live",
    "assets",
)
CEILINGS = {
    "{floor}/**/*.py": 300,
    "templates/**/*.html": 130,
    "static/**/*.css": 250,
    "static/**/*.js": 250,
    "tests/**/*.py": 450,
}
EMPTY_NAMES = {"utils", "helpers", "common", "core", "misc", "manager", "handler", "service"}


def _files(root: Path, pattern: str) -> Iterator[Path]:
    patterns = [pattern.format(floor=floor) for floor in FLOORS] if "{floor}" in pattern else [pattern]
    for each in patterns:
        yield from (file for file in sorted(root.glob(each)) if "migrations" not in file.parts)


def too_long(root: Path) -> list[str]:
    """Every file over its ceiling, with what to do."""
    return [
        f"{file.relative_to(root)} has {lines} lines, more than {ceiling}: split it by noun"
        for pattern, ceiling in CEILINGS.items()
        for file in _files(root, pattern)
        if (lines := len(file.read_text().splitlines())) > ceiling
    ]


def long_functions(root: Path, ceiling: int = 40) -> list[str]:
    """Functions of our floors longer than `ceiling` lines, their docstring left out."""
    found = []
    for file in _files(root, "{floor}/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1
                if lines > ceiling:
                    found.append(f"{file.relative_to(root)}: {node.name} has {lines} lines")
    return found


def empty_names(root: Path) -> list[str]:
    """Modules whose name says nothing."""
    return [str(file.relative_to(root)) for file in _files(root, "{floor}/**/*.py") if file.stem in EMPTY_NAMES]
