"""A seeded schedule: people talk, change their minds and lose the line while processes and the layer fall over."""

import asyncio
import random
from typing import Any

from asgiref.sync import sync_to_async

from chat.actions import messages
from chat.models import Message, Room
from chat.text import lines
from live import hub
from tests.simulator.layer import Layer
from tests.simulator.page import Page, Rules, Wire

PROCESSES, STEPS = 2, 150


class World:
    """Two processes, a few pages, one room."""

    def __init__(self, seed: int, room: Room, members: list[Any], layer: Layer, rules: Rules) -> None:
        self.luck, self.room, self.layer = random.Random(seed), room, layer
        self.loop = asyncio.get_running_loop()
        self.halls = [hub.Hall(self.loop) for _ in range(PROCESSES)]
        self.pages = [Page(member, f"room:{room.pk}", rules) for member in members]
        self.home = [n % PROCESSES for n in range(len(members))]
        self.said = 0

    # What may happen.

    async def write(self, page: Page) -> None:
        self.said += 1
        page.outbox[f"key-{self.room.pk}-{self.said:05}"] = f"Words {self.said}"
        await self.run(page, page.speak())

    async def change(self, page: Page) -> None:
        mine = [line["number"] for line in page.lines if line["author"] == page.member.pk]
        if page.is_joined and mine:
            number = self.luck.choice(mine)
            if (what := self.luck.random()) < 0.6:
                await self.run(page, page.send("edit", number=number, body=f"Changed {self.luck.random()}"))
            elif what < 0.75:
                await self.run(page, page.send("remove", number=number))
        if page.is_joined and page.lines and self.luck.random() < 0.5:
            number, face = self.luck.choice(page.lines)["number"], self.luck.choice(["agree", "laugh"])
            await self.run(page, page.send("react", number=number, face=face, on=self.luck.random() < 0.7))

    async def judge(self, page: Page) -> None:
        if page.lines:
            number = self.luck.choice(page.lines)["id"]
            verb = messages.hide if self.luck.random() < 0.6 else messages.restore
            await self.run(page, sync_to_async(verb)(message_id=number, at=self.room.created_at))

    async def deliver(self, page: Page) -> None:
        await self.run(page, page.deliver(self.luck.randint(1, 4)))

    async def carry(self, _: Page) -> None:
        self.luck.choice(self.layer.bridges).deliver(self.luck.randint(1, 4))

    async def lose_line(self, page: Page) -> None:
        await page.lost()

    async def come_back(self, page: Page) -> None:
        if page.wire is None or page.wire.task.done():
            await page.lost()
            self.home[self.pages.index(page)] = self.luck.randrange(PROCESSES)
            wire = Wire(page.member)
            self.enter(page)
            await page.connect(wire)

    async def redraw(self, page: Page) -> None:
        if page.must_redraw:
            page.redraw(*await sync_to_async(self.rows)())
            await self.run(page, page.ask())

    async def stick(self, page: Page) -> None:
        if page.is_stuck:
            await page.unstick()
        elif page.wire:
            page.wire.moves.clear()

    async def kill(self, page: Page) -> None:
        """A process dies with every socket it held and all that was on its way to it."""
        which = self.home[self.pages.index(page)]
        for other, home in zip(self.pages, self.home, strict=True):
            if home == which:
                await other.lost()
        bridge = self.halls[which]._bridge
        assert bridge
        self.layer.bridges.remove(bridge)
        self.halls[which] = hub.Hall(self.loop)

    async def break_layer(self, _: Page) -> None:
        match self.luck.randrange(3):
            case 0:
                self.layer.forget()
            case 1:
                self.layer.is_up = False
            case _:
                self.layer.restart()

    async def strike(self, _: Page) -> None:
        for hall in self.halls:
            await hall.clocks.ask()

    # How it goes on.

    def enter(self, page: Page) -> None:
        """From here on the code runs in this page's process."""
        hub._halls.clear()
        hub._halls[self.loop] = self.halls[self.home[self.pages.index(page)]]

    async def run(self, page: Page, doing: Any) -> None:
        self.enter(page)
        await doing
        await self.rest()

    async def rest(self) -> None:
        """Until nothing moves by itself any more."""
        for _ in range(3):
            await asyncio.sleep(0)
        while any(self.busy(hall) for hall in self.halls):
            await asyncio.sleep(0)

    @staticmethod
    def busy(hall: hub.Hall) -> bool:
        is_minding = any(place.timer for place in hall.clocks.places.values())
        return bool(hall._waiting or is_minding or hall.clocks.errands)

    async def step(self) -> None:
        acts = [self.write, self.change, self.judge, self.deliver, self.carry, self.come_back, self.redraw]
        acts += [self.lose_line, self.stick, self.kill, self.break_layer, self.strike]
        (act,) = self.luck.choices(acts, [14, 22, 6, 26, 22, 14, 6, 2, 2, 0.7, 2, 1])
        await act(self.luck.choice(self.pages))
        await self.rest()

    async def settle(self) -> None:
        """The weather clears; nobody reloads anything."""
        self.layer.is_bad = False
        if not self.layer.is_up:
            self.layer.restart()
        for page in self.pages:
            await page.unstick()
        await self.rest()
        for _ in range(40):
            for page in self.pages:
                await self.come_back(page)
                await self.run(page, page.deliver(500))
                await self.redraw(page)
                await self.run(page, page.speak())
            for bridge in self.layer.bridges:
                bridge.deliver(500)
            await self.strike(self.pages[0])
            await self.rest()
            if not any(self.is_restless(page) for page in self.pages):
                break

    def is_restless(self, page: Page) -> bool:
        return bool(page.wire is None or page.wire.coming or page.outbox or page.must_redraw or page.wire.task.done())

    async def end(self) -> None:
        for page in self.pages:
            await page.lost()
        for hall in self.halls:
            if hall.clocks._asking:
                hall.clocks._asking.cancel()

    def rows(self) -> tuple[list[dict[str, Any]], int]:
        """The room as a page drawn now would show it: the clock first, then the messages."""
        room = Room.objects.select_related("group").get(pk=self.room.pk)
        found = Message.objects.filter(room=room).shown().order_by("seq")
        return lines.frames(found, room), room.last_seq
