"""The front for WSGI: threads wait for one another."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLong
from typing import Any

from config.front import asking
from config.front.pages import TRIES, WAIT, Flight, Headers, Page, Pages, made_of, page_of

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Front:
    """Answers visitors from what is kept; everyone else, and the first who asks, goes on to the application."""

    def __init__(self, application: Application) -> None:
        """Nothing is kept yet."""
        self.application = application
        self.pages = Pages()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """One request."""
        if (key := asking.of_environ(environ)) is not None:
            for _ in range(TRIES):
                found = self.pages.seek(key)
                page = _awaited(found) if isinstance(found, Future) else found
                if isinstance(page, Page):
                    return _send(page, environ, start_response)
                if isinstance(found, Flight):
                    return self._render(found, environ, start_response)
                if found is None:
                    break
        status, headers, body = _called(self.application, environ)
        made_of(headers)
        start_response(status, headers)
        return body

    def _render(self, flight: Flight, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Ask for the whole page, whatever the asker holds of it, and keep it where its view says that it may be."""
        page = None
        without = _CONDITIONS | {"HTTP_COOKIE"} if asking.is_for_all(flight.key.path) else _CONDITIONS
        whole = {name: value for name, value in environ.items() if name not in without}
        try:
            status, headers, body = _called(self.application, {**whole, "REQUEST_METHOD": "GET"})
            parts = made_of(headers)
            if parts and status.startswith("200 "):
                try:
                    text = b"".join(body)
                finally:
                    getattr(body, "close", lambda: None)()
                page, body = page_of(flight, parts, headers, text), [text]
        finally:
            self.pages.land(flight, page)
        if page is not None:
            return _send(page, environ, start_response)
        start_response(status, headers)
        return body if environ["REQUEST_METHOD"] == "GET" else _silent(body)


_CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}


def _called(application: Application, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
    """Call the application; Django begins its response before it returns one."""
    began: list[Any] = []

    def begin(status: str, headers: Headers, _exc_info: object = None) -> None:
        began[:] = status, list(headers)

    body = application(environ, begin)
    status, headers = began
    return status, headers, body


def _awaited(outcome: "Future[Page | None]") -> Page | None:
    try:
        page = outcome.result(WAIT)
    except TooLong:
        return None
    return page if page is not None and page.is_true() else None


def _send(page: Page, environ: Environ, start_response: Any) -> list[bytes]:
    if page.is_known(environ.get("HTTP_IF_NONE_MATCH", ""), environ.get("HTTP_IF_MODIFIED_SINCE", "")):
        start_response("304 Not Modified", page.short_headers)
        return []
    start_response("200 OK", list(page.headers))
    return [page.body] if environ["REQUEST_METHOD"] == "GET" else []


def _silent(body: Iterable[bytes]) -> list[bytes]:
    getattr(body, "close", lambda: None)()
    return []
