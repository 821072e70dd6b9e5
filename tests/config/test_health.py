"""Alive, and ready."""

from typing import Any

import pytest
from django.test import Client


def test_live_asks_nothing(client: Client) -> None:
    assert client.get("/health/live").content == b"ok\n"


def test_ready_says_how_the_database_is(client: Client, db: None) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "not used"})


@pytest.mark.django_db
def test_without_redis_pages_are_still_served(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["redis"].startswith("unreachable")
