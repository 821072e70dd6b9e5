"""Whatever the line, the layer and the processes do: nothing lost, nothing double, nothing out of order, nothing stale."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from chat.models import Message
from live import bridge, clocks, hub
from tests.factories.chat import RoomFactory
from tests.factories.community import MembershipFactory
from tests.simulator.layer import Layer
from tests.simulator.page import Rules
from tests.simulator.world import STEPS, World

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
SEEDS = range(600) if os.environ.get("SOAK") else (0, 1, 4, 182)
"""In every run: two as they come, and two that once found something."""
PAGES = 3


@pytest.fixture
def bad_line(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[int], Layer]:
    """The wires between processes are made up, and every limit is near; answers a layer for a seed."""
    settings.REDIS_URL = "redis://made.up"
    for name, limit in {
        "chat.policies.speaking.MESSAGES": 10**6,
        "chat.queries.MOST_MISSED": 6,
        "live.consumers.QUEUE_LIMIT": 10,
        "live.limits.PER_SECOND": 10.0**6,
        "live.clocks.LATE": 0,
    }.items():
        monkeypatch.setattr(name, limit)

    def lay(seed: int) -> Layer:
        layer = Layer(random.Random(-seed))
        monkeypatch.setattr(bridge, "Bridge", layer.bridge)
        monkeypatch.setattr(bridge, "publish", layer.publish)
        return layer

    return lay


@contextmanager
def own_halls() -> Iterator[None]:
    kept = dict(hub._halls)
    try:
        yield
    finally:
        hub._halls.clear()
        hub._halls.update(kept)


@sync_to_async
def people() -> tuple[Any, list[Any]]:
    room = RoomFactory(is_main=True)
    stamp = room.created_at
    return room, [MembershipFactory(group=room.group, member__attended_at=stamp).member for _ in range(PAGES)]


async def unlike(seed: int, layer: Layer, rules: Rules) -> list[str]:
    """Run one schedule; what a page shows in the end and the rows do not, in words."""
    room, members = await people()
    world = World(seed, room, members, layer, rules)
    with own_halls():
        for page in world.pages:
            await world.come_back(page)
        for _ in range(STEPS):
            await world.step()
        await world.settle()
        await world.end()
    frames, head = await sync_to_async(world.rows)()
    truth = [(frame["number"], frame["seq"], frame["html"]) for frame in frames]
    wrong = []
    for n, page in enumerate(world.pages):
        seen = page.seen()
        if seen != truth:
            missing, extra = set(truth) - set(seen), set(seen) - set(truth)
            wrong.append(f"page {n}: {len(missing)} lost or stale, {len(extra)} not in the rows, of {len(truth)}")
        if page.outbox or page.clock.seq != head or page.clock.early:
            wrong.append(f"page {n}: clock {page.clock.seq} of {head}, unsent {list(page.outbox)}")
    stored = await sync_to_async(Message.objects.filter(room=room).count)()
    if stored != world.said:
        wrong.append(f"{world.said} said, {stored} stored")
    return wrong


@pytest.mark.timeout(3600 if os.environ.get("SOAK") else 60)
async def test_every_page_ends_up_equal_to_the_rows(bad_line):
    wrong = {seed: found for seed in SEEDS if (found := await unlike(seed, bad_line(seed), Rules()))}
    assert wrong == {}


@pytest.mark.parametrize(
    "broken", [Rules(asks_after_gaps=False), Rules(keeps_its_keys=False), Rules(newest_change_wins=False)]
)
async def test_without_one_of_the_rules_it_is_noticed(bad_line, broken, monkeypatch):
    if not broken.asks_after_gaps:
        monkeypatch.setattr(clocks.Clocks, "hear", lambda *_: None)
    for seed in range(12):
        if await unlike(seed, bad_line(seed), broken):
            return
    pytest.fail("twelve bad lines, and breaking the rule made no difference")
