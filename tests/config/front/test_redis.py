"""Several processes: what another one changed is heard through Redis, and without Redis nothing old is shown."""

import time

import pytest
import redis

from config.front.wsgi import Front
from live import bridge, changes, listener
from tests.config.front.small import Small, ask
from tests.services import valkey

pytestmark = pytest.mark.servers


@pytest.fixture
def server(settings, monkeypatch, transactional_db):
    bridge._client.cache_clear()
    monkeypatch.setattr(listener, "_listener", None)
    monkeypatch.setattr(listener, "TICK", 0.05)
    monkeypatch.setattr(changes, "owed", set())
    with valkey.own() as own:
        settings.REDIS_URL = own.url
        yield own
        listener.listener().stop()
    bridge._client.cache_clear()
    bridge._quiet_until = 0.0


def until(is_so) -> None:
    last = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.01)


def kept(front, small) -> bool:
    """Is the second of two questions answered without the application?"""
    ask(front)
    before = len(small.asked)
    ask(front)
    return len(small.asked) == before


def test_what_another_process_changed_is_seen_and_a_lost_redis_keeps_nothing(server):
    small = Small()
    front = Front(small)
    until(lambda: kept(front, small))
    small.text = b"From elsewhere"
    with redis.Redis.from_url(server.url) as elsewhere:
        elsewhere.publish(f"{bridge.PREFIX}{changes.STREAM}", "topic:1")
    until(lambda: ask(front)[2] == b"From elsewhere")
    server.stop()
    until(lambda: not kept(front, small))
    small.text = b"Written meanwhile"
    changes.changed("topic:9")
    assert changes.owed == {"topic:9"}
    assert ask(front)[2] == b"Written meanwhile"
    server.start()
    until(lambda: kept(front, small))
    until(lambda: not changes.owed)
    assert ask(front)[2] == b"Written meanwhile"
