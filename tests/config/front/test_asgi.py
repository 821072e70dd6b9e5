"""The same front for ASGI: what is kept, what is not, and a crowd that does not hold up the loop."""

import asyncio

import pytest

from config.front.asgi import Front
from live import changes


class Small:
    """`/kept/` may be kept, `/own/` sets a cookie, `/plain/` says nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.text = [b"He", b"llo"]
        self.waits = 0.0

    async def __call__(self, scope, receive, send):
        self.asked.append(f"{scope['method']} {scope['path']}")
        headers = [(b"Content-Type", b"text/html"), (b"Content-Length", b"5")]
        if scope["path"] != "/plain/":
            headers.append((changes.MADE_OF.encode(), b"site topic:1"))
        if scope["path"] == "/own/":
            headers.append((b"Set-Cookie", b"csrf=secret"))
        text = list(self.text)
        await asyncio.sleep(self.waits)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for part in text:
            await send({"type": "http.response.body", "body": part, "more_body": part is not text[-1]})


async def ask(front, path="/kept/", method="GET", **headers):
    sent = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def send(message):
        sent.append(message)

    await front(scope, None, send)
    told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(message["body"] for message in sent[1:])


@pytest.mark.asyncio
async def test_a_crowd_renders_once_and_a_change_is_seen_at_once():
    small = Small()
    front = Front(small)
    small.waits = 0.05
    answers = await asyncio.gather(*(ask(front) for _ in range(20)))
    assert [answer[2] for answer in answers] == [b"Hello"] * 20
    assert small.asked == ["GET /kept/"]
    assert answers[0][1].keys() == {"content-type", "content-length", "etag", "cache-control"}
    small.text = [b"Later"]
    assert (await ask(front))[2] == b"Hello"
    changes.here.note(["topic:1"])
    assert (await ask(front))[2] == b"Later"


@pytest.mark.asyncio
async def test_head_and_304_carry_no_body():
    small = Small()
    front = Front(small)
    status, told, body = await ask(front, method="HEAD")
    assert (status, told["content-length"], body) == (200, "5", b"")
    status, again, body = await ask(front, if_none_match=told["etag"])
    assert (status, again, body) == (304, {"etag": told["etag"], "cache-control": "no-cache"}, b"")
    assert small.asked == ["GET /kept/"]
    for path in ("/own/", "/plain/"):
        assert (await ask(front, path, method="HEAD"))[2] == b""


@pytest.mark.asyncio
@pytest.mark.parametrize(("path", "headers"), [("/kept/", {"cookie": "session=x"}), ("/own/", {}), ("/plain/", {})])
async def test_what_is_someones_own_is_not_kept(path, headers):
    small = Small()
    front = Front(small)
    for text in (b"One..", b"Two.."):
        small.text = [text]
        status, told, body = await ask(front, path, **headers)
        assert (status, body) == (200, text)
        assert changes.MADE_OF.lower() not in told
    assert (await ask(front))[2] == b"Two.."


@pytest.mark.asyncio
async def test_someone_who_goes_away_leaves_the_page_to_the_next():
    small = Small()
    front = Front(small)
    small.waits = 5
    first = asyncio.create_task(ask(front))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(ask(front))
    await asyncio.sleep(0.01)
    small.waits = 0
    first.cancel()
    assert (await second)[2] == b"Hello"
