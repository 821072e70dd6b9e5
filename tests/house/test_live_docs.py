"""docs/reference/live-protocol.md names every frame, event, code and version that the code knows, and no other."""

import ast
import re
from pathlib import Path

from django.conf import settings

from live import consumers, conversation, limits, registry

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs/reference/live-protocol.md").read_text()
SENT_BY_PAGES = {"join", "leave", "ping"}


def test_the_version_and_the_limits_are_those_of_the_code():
    assert f"# The live protocol, version {conversation.VERSION}\n" in PAGE
    assert f'"hello", "v": {conversation.VERSION}' in PAGE
    assert f"over {limits.MAX_BYTES // 1024} kB" in PAGE
    assert f"more than {limits.PER_SECOND:.0f} frames a second ({limits.BURST:.0f} at once)" in PAGE
    assert f"{limits.MAX_STREAMS} a\npage" in PAGE or f"{limits.MAX_STREAMS} a page" in PAGE


def test_every_frame_a_page_may_send_is_there_and_no_other():
    taken = {name for entry in registry._streams.values() for name in entry.frames}
    said = set(re.findall(r'`\{"type": "([a-z]+)"', PAGE))
    answers = {"hello", "refused", "resync", "missed", "left"}
    assert said - answers == taken | SENT_BY_PAGES


def test_every_code_is_explained():
    codes = {
        node.args[0].value
        for folder in ("live", "chat")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Refused"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    codes |= {"too-fast", "too-big", "bad-frame"}
    assert len(codes) > 10
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()
    closing = (consumers.SILENT, consumers.SESSION_ENDED, consumers.TOO_SLOW, consumers.TOO_MANY)
    assert [code for code in closing if f"| {code} |" not in PAGE] == []


def test_every_event_of_a_room_is_named():
    told = {"message.added", "message.edited", "message.marked", "message.removed", "message.hidden"}
    for file in (ROOT / "chat").rglob("*.py"):
        told |= set(re.findall(r'publish\(\s*f"room:[^"]*",\s*"([a-z.]+)"', file.read_text()))
    assert len(told) > 5
    assert {event for event in told if f"`{event}`" not in PAGE} == set()
