"""A small application, and how a server would ask it."""

import time
from io import BytesIO

from live import changes


class Small:
    """`/kept/` may be kept, `/own/` sets a cookie, `/plain/` says nothing; `/away/` is not there."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.text = b"Hello"
        self.waits = 0.0
        self.parts = "site topic:1"

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.asked.append(f"{environ['REQUEST_METHOD']} {path}")
        text = self.text
        time.sleep(self.waits)
        headers = [("Content-Type", "text/html"), ("Vary", "Cookie"), ("Content-Length", str(len(text)))]
        if path != "/plain/":
            headers.append((changes.MADE_OF, self.parts))
        if path == "/own/":
            headers.append(("Set-Cookie", "csrf=secret"))
        start_response("404 Not Found" if path == "/away/" else "200 OK", headers)
        return [text]


def ask(front, path="/kept/", query="", method="GET", **headers):
    """(status, headers, body) as a server would see them."""
    told = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    body = b"".join(front(environ, lambda status, headers, exc_info=None: told.extend((status, headers))))
    return told[0], dict(told[1]), body
