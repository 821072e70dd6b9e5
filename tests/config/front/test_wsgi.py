"""The front before a small application that counts how often it is asked."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.front import pages
from config.front.wsgi import Front
from live import changes
from tests.config.front.small import Small, ask

SESSION = "session=abc"


@pytest.fixture
def small() -> Small:
    return Small()


@pytest.fixture
def front(small: Small) -> Front:
    return Front(small)


def test_the_second_visitor_costs_nothing_and_gets_the_same(front, small):
    first, second = ask(front), ask(front, cookie="theme=; zone=Europe/London; csrf=x")
    assert first == second
    assert small.asked == ["GET /kept/"]
    status, headers, body = first
    assert (status, body) == ("200 OK", b"Hello")
    assert headers == {
        "Content-Type": "text/html",
        "Vary": "Cookie",
        "Content-Length": "5",
        "ETag": headers["ETag"],
        "Cache-Control": "no-cache",
    }


def test_what_a_page_is_made_of_never_leaves_the_site(front):
    for path in ("/kept/", "/own/", "/away/", "/plain/"):
        for cookie in ("", SESSION):
            assert changes.MADE_OF not in ask(front, path, cookie=cookie)[1]


@pytest.mark.parametrize(
    "more",
    [
        {"cookie": SESSION},
        {"cookie": f"theme=dark; {SESSION}"},
        {"cookie": "view=tree"},
        {"cookie": 'zone="Europe/Paris"'},
        {"authorization": "Bearer x"},
        {"hx_request": "true"},
        {"method": "POST"},
        {"query": "q=backup"},
    ],
)
def test_whoever_carries_more_is_neither_kept_nor_served(front, small, more):
    ask(front, **more)
    small.text = b"For visitors"
    assert ask(front)[2] == b"For visitors"
    small.text = b"For one person"
    assert ask(front, **more)[2] == b"For one person"
    assert ask(front)[2] == b"For visitors"


@pytest.mark.parametrize("path", ["/own/", "/away/", "/plain/", "/static/x.css"])
def test_what_is_someones_own_or_not_there_or_not_said_is_not_kept(front, small, path):
    for text in (b"one", b"two"):
        small.text = text
        assert ask(front, path)[2] == text
    assert len(small.asked) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"query": "page=2"},
        {"cookie": "theme=dark"},
        {"cookie": "zone=Asia/Tokyo"},
        {"host": "other.example"},
        {"x_forwarded_proto": "https"},
        {"path": "/kept/2/"},
    ],
)
def test_what_a_page_may_depend_on_makes_another_page(front, small, other):
    ask(front)
    small.text = b"Another"
    assert ask(front, **other)[2] == b"Another"
    assert ask(front)[2] == b"Hello"


def test_a_change_is_seen_at_once_and_another_is_not_felt(front, small):
    first = ask(front)
    small.text = b"Hello again"
    changes.here.note(["topic:2"])
    assert ask(front) == first
    changes.here.note(["topic:1"])
    assert ask(front)[2] == b"Hello again"
    assert len(small.asked) == 2


def test_a_page_that_changed_while_it_was_rendered_is_not_kept(front, small):
    class Meanwhile(Small):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            changes.here.note(["topic:1"])
            return answer

    front.application = meanwhile = Meanwhile()
    ask(front)
    ask(front)
    assert len(meanwhile.asked) == 2


def test_who_holds_the_page_is_not_sent_it_again(front, small):
    tag = ask(front)[1]["ETag"]
    status, headers, body = ask(front, if_none_match=f'"x", W/{tag}')
    assert (status, body) == ("304 Not Modified", b"")
    assert headers == {"Vary": "Cookie", "ETag": tag, "Cache-Control": "no-cache"}
    changes.here.note(["topic:1"])
    small.text = b"Other words"
    status, headers, body = ask(front, if_none_match=tag)
    assert (status, body) == ("200 OK", b"Other words")
    assert headers["ETag"] != tag


def test_head_says_what_get_would_without_the_body(front, small):
    status, headers, body = ask(front, method="HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", "5", b"")
    assert ask(front)[1] == headers
    assert small.asked == ["GET /kept/"]
    assert ask(front, "/away/", method="HEAD")[::2] == ("404 Not Found", b"")


def test_a_stampede_renders_once(front, small):
    small.waits = 0.2
    with ThreadPoolExecutor(20) as crowd:
        bodies = list(crowd.map(lambda _: ask(front)[2], range(20)))
    assert bodies == [b"Hello"] * 20
    assert small.asked == ["GET /kept/"]


def test_an_old_page_is_given_while_one_request_renders_the_new(front, small, monkeypatch):
    monkeypatch.setattr(pages, "KEEP_FOR", 0.0)
    ask(front)
    small.text, small.waits = b"Newer", 0.5
    rendering = threading.Thread(target=ask, args=(front,))
    rendering.start()
    while len(small.asked) < 2:
        time.sleep(0.005)
    assert ask(front)[2] == b"Hello"
    rendering.join()
    assert len(small.asked) == 2


def test_nobody_waits_for_a_page_from_before_the_change(front, small):
    small.waits = 0.3
    with ThreadPoolExecutor(2) as crowd:
        early = crowd.submit(ask, front)
        while not small.asked:
            time.sleep(0.005)
        small.text = b"After"
        changes.here.note(["topic:1"])
        late = crowd.submit(ask, front)
    assert (early.result()[2], late.result()[2]) == (b"Hello", b"After")


def test_a_page_that_breaks_lets_the_others_go_on(front, small):
    def broken(environ, start_response):
        raise ZeroDivisionError

    front.application = broken
    with pytest.raises(ZeroDivisionError):
        ask(front)
    front.application = small
    assert ask(front)[2] == b"Hello"


def test_what_is_kept_stays_within_its_bounds(front, small, monkeypatch):
    monkeypatch.setattr(pages, "MOST_BYTES", 12)
    for number in (1, 2, 1, 3):
        ask(front, query=f"page={number}")
    small.asked.clear()
    for number in (3, 1, 2):
        ask(front, query=f"page={number}")
    assert len(small.asked) == 1
    monkeypatch.setattr(pages, "LARGEST", 4)
    changes.here.note(["site"])
    for _ in range(2):
        ask(front)
    assert len(small.asked) == 3


def test_a_page_is_not_shown_beyond_its_moment(monkeypatch):
    small = Small()
    small.parts = f"site {changes.UNTIL}{time.time() + 60}"
    front = Front(small)
    ask(front), ask(front)
    assert len(small.asked) == 1
    later = time.time() + 61
    monkeypatch.setattr(pages.time, "time", lambda: later)
    ask(front)
    assert len(small.asked) == 2
