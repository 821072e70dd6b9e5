"""The house holds, and the test that says so can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import sizes

ROOT = Path(__file__).resolve().parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The floors, to be broken on purpose."""
    for floor in sizes.FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_holds() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("sponsors/models/broken.py", "import forum.models", "An app may use only the floors below it"),
        ("notifications/registry.py", "import forum.models", "An app may use only the floors below it"),
        ("community/models/broken.py", "import community.actions", "Inside an app, a shelf may use"),
        ("forum/utils.py", "X = 1", "Inside an app, a shelf may use"),
        ("chat/models/broken.py", "import channels", "Only live and config speak to Channels"),
    ],
)
def test_a_break_made_on_purpose_is_named(copy: Path, file: str, line: str, contract: str) -> None:
    broken = copy / file
    broken.write_text((broken.read_text() if broken.exists() else "") + f"\n{line}\n")
    result = lint(copy)
    assert result.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in result.stdout.splitlines()), result.stdout


def test_no_file_is_too_long() -> None:
    assert sizes.too_long(ROOT) == []


def test_a_file_of_400_lines_is_named(tmp_path: Path) -> None:
    (tmp_path / "forum").mkdir()
    (tmp_path / "forum" / "long.py").write_text("X = 1\n" * 400)
    assert sizes.too_long(tmp_path) == ["forum/long.py has 400 lines, more than 300: split it by noun"]


def test_no_function_is_too_long() -> None:
    assert sizes.long_functions(ROOT) == []


def test_no_name_says_nothing() -> None:
    assert sizes.empty_names(ROOT) == []
