"""A production start refuses what is unsafe, and says how to put it right."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config import checks, env
from tests.services.deploy_check import surroundings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """A well set-up site, to be spoilt in one place."""
    monkeypatch.setattr(env, "ENVIRONMENT", "production")
    monkeypatch.setattr(env, "EMAIL_URL", "smtp://localhost:25")
    settings.DEBUG = False
    settings.DEMO = False
    settings.ALLOWED_HOSTS = ["forum.example"]
    settings.BASE_URL = "https://forum.example"
    return settings


def complaints() -> list[str]:
    return [error.msg for error in checks.production()]


def test_a_well_set_up_site_passes(production: Any) -> None:
    assert complaints() == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", True, "DEBUG is on."),
        ("DEMO", True, "The demo accounts are on."),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS holds a wildcard."),
        ("BASE_URL", "http://forum.example", "BASE_URL is not https."),
    ],
)
def test_what_is_unsafe_is_refused(production: Any, name: str, value: Any, words: str) -> None:
    setattr(production, name, value)
    assert complaints() == [words]


def test_a_site_without_mail_is_refused(production: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "EMAIL_URL", "")
    assert complaints() == ["No way to send mail is set."]


def test_elsewhere_nothing_is_refused(settings: Any) -> None:
    settings.DEMO = True
    assert complaints() == []


def test_a_missing_secret_stops_the_start() -> None:
    command = [sys.executable, "manage.py", "serve"]
    result = subprocess.run(
        command, cwd=ROOT, env=surroundings(SECRET_KEY=""), capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr
