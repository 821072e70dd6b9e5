"""A production start refuses what is unsafe, and says how to put it right."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.deploy_check import surroundings

ROOT = Path(__file__).resolve().parents[2]


def check(**more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"]
    return subprocess.run(command, cwd=ROOT, env=surroundings(**more), capture_output=True, text=True, check=False)


def test_a_well_set_up_site_passes() -> None:
    assert check().returncode == 0


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("DEBUG", "1", "DEBUG is on"),
        ("PILOTLIGHT_DEMO", "1", "The demo accounts are on"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS holds a wildcard"),
        ("BASE_URL", "http://forum.example", "BASE_URL is not https"),
        ("EMAIL_URL", "", "No way to send mail is set"),
    ],
)
def test_what_is_unsafe_is_refused(variable: str, value: str, words: str) -> None:
    result = check(**{variable: value})
    assert result.returncode != 0
    assert words in result.stderr
