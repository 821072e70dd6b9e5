"""The page's own merging, tried with frames that are lost, doubled, late and out of order: in the end it equals the rows."""

import random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from chat import streams
from chat.actions import messages
from chat.models import Message, Room
from chat.text import lines
from live import hub
from tests.factories.chat import RoomFactory
from tests.factories.community import MembershipFactory
from tests.services import chromium

pytestmark = pytest.mark.browser
SEEDS = range(5)
STEPS = 70

CLIENT = """async () => {
  const { Clock } = await import("/static/live/js/clock.js");
  const { arrange, merge } = await import("/static/chat/js/merge.js");
  document.body.replaceChildren();
  const lines = document.body.appendChild(document.createElement("div"));
  const reader = { me: "0", handle: "nobody", blocked: new Set(), starred: new Set() };
  const clock = new Clock(0);
  const take = (frame) => { if (merge(lines, frame, reader)) arrange(lines, "Europe/London"); };
  window.client = {
    hear: (frame) => { take(frame); return clock.hear(frame.seq); },
    ask: () => clock.ask(),
    answered: (frames) => { frames.forEach(take); clock.answered(frames.map((each) => each.seq)); return clock.hasGap; },
    seen: () => [...lines.querySelectorAll(".said")].map((line) =>
      [Number(line.dataset.number), Number(line.dataset.changed), line.querySelector(".said-text").textContent.trim()]),
    clock: () => clock.seq,
  };
}"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": chromium.arguments()}


class World:
    """A room where things happen, a bad line, and a client at the other end."""

    def __init__(self, seed: int, page: Page, room: Room, members: list[Any]) -> None:
        self.luck, self.page, self.room, self.members = random.Random(seed), page, room, members
        self.sent: list[dict[str, Any]] = []
        self.line: list[dict[str, Any]] = []
        self.answer: list[dict[str, Any]] | None = None
        self.has_gap = False

    def happen(self) -> None:
        """Someone says, changes, takes back; a moderator hides or restores."""
        at = self.room.created_at
        message = self.luck.choice([None, None, *Message.objects.filter(room=self.room, deleted_at=None)])
        if message is None:
            author, key = self.luck.choice(self.members), f"key-{self.luck.random()}"
            messages.say(author=author, room=self.room, body=f"Words {key}", client_key=key, at=at)
        elif message.hidden_at:
            messages.restore(message_id=message.pk, at=at)
        elif (what := self.luck.random()) < 0.6:
            messages.edit(author=message.author, message=message, body=f"Changed {what}", at=at)
        elif what < 0.8:
            messages.remove(author=message.author, message=message, at=at)
        else:
            messages.hide(message_id=message.pk, at=at)
        self.carry()

    def carry(self) -> None:
        """What was published goes on its way: some lost, some twice, some overtaken."""
        for frame in self.sent:
            for _ in range(self.luck.choices([0, 1, 2], [0.2, 0.65, 0.15])[0]):
                self.line.insert(self.luck.randint(max(0, len(self.line) - 4), len(self.line)), frame)
        self.sent.clear()

    def deliver(self) -> None:
        if self.line:
            self.has_gap = self.page.evaluate("frame => client.hear(frame)", self.line.pop(0)) or self.has_gap

    def ask(self) -> None:
        """The answer is made now and arrives later."""
        after = self.page.evaluate("() => client.ask()")
        self.answer = streams.after(self.room.pk, after)
        assert self.answer is not None

    def hear_answer(self) -> None:
        self.has_gap = self.page.evaluate("frames => client.answered(frames)", self.answer)
        self.answer = None

    def fall_over(self) -> None:
        """The line is cut with all that was on it, and comes back."""
        self.line.clear()
        self.ask()

    def step(self) -> None:
        what = self.luck.random()
        if what < 0.4:
            self.happen()
        elif what < 0.8:
            self.deliver()
        elif what < 0.84:
            self.fall_over()
        elif self.answer is not None:
            self.hear_answer()
        elif self.has_gap:
            self.ask()

    def settle(self) -> None:
        while self.line:
            self.deliver()
        self.ask()
        self.hear_answer()


def rows(room: Room) -> list[list[Any]]:
    """What stands in the database, as it should be read."""
    found = []
    for message in Message.objects.filter(room=room).order_by("seq"):
        shown = {"message.removed": "Taken back by its author.", "message.hidden": "Hidden by a moderator."}
        found.append([message.seq, message.changed_seq, shown.get(lines.event_of(message), message.body)])
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_the_line_does_the_page_ends_up_equal_to_the_rows(seed, live_site, browser: Browser, monkeypatch):
    room = RoomFactory(is_main=True)
    stamp = room.created_at
    members = [MembershipFactory(group=room.group, member__attended_at=stamp).member for _ in range(4)]
    page = browser.new_page(base_url=live_site.url)
    try:
        page.goto("/static/live/js/clock.js")
        page.evaluate(CLIENT)
        world = World(seed, page, room, members)
        monkeypatch.setattr(
            hub, "send", lambda stream, frame: world.sent.append(frame) if stream[:5] == "room:" else None
        )
        monkeypatch.setattr("chat.policies.speaking.MESSAGES", 1000)
        for _ in range(STEPS):
            world.step()
        world.settle()
        room.refresh_from_db()
        assert page.evaluate("() => client.seen()") == rows(room)
        assert page.evaluate("() => client.clock()") == room.last_seq
        assert not world.has_gap
    finally:
        page.close()
