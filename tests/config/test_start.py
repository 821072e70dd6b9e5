"""A start says what is missing."""

import socket
from typing import Any

import pytest
from django.core.management.base import CommandError

from config import start


def test_a_port_in_use_is_named_with_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} on 127.0.0.1 is in use .*PORT={port + 1}"):
            start.port_is_free("127.0.0.1", port)


@pytest.mark.django_db
def test_an_unreachable_redis_is_named(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    with pytest.raises(CommandError, match=r"Redis does not answer: .*correct REDIS_URL"):
        start.surroundings_answer()
