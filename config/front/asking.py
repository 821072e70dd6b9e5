"""Who asks for what: the few things on which a visitor's page may depend. Whoever carries more is not answered here."""

from typing import Any, NamedTuple

from django.conf import settings

from community.queries import zones

THEMES = {"", "light", "dark"}
NAMES = {"page", "before", "view", "span", "as", "from"}
"""Questions an address may carry (lists, pages, trees); with others it is rendered anew, so nobody fills the house."""


class Asked(NamedTuple):
    """The key of a kept page."""

    path: str
    query: str
    host: str
    is_secure: bool
    zone: str
    theme: str


def asked(path: str, query: str, scheme: str, headers: dict[str, str]) -> Asked | None:
    """What a visitor asks for; None for anyone or anything else. Header names are in lower case."""
    if path.startswith(_elsewhere()) or "authorization" in headers or "hx-request" in headers:
        return None
    is_secure = scheme == "https" or headers.get("x-forwarded-proto") == "https"
    if is_for_all(path):
        return None if query else Asked(path, "", headers.get("host", ""), is_secure, "", "")
    if query and not all(part.partition("=")[0] in NAMES for part in query.split("&")):
        return None
    choices = _choices(headers.get("cookie", ""))
    if choices is None:
        return None
    return Asked(path, query, headers.get("host", ""), is_secure, *choices)


def is_for_all(path: str) -> bool:
    """Is it the same for whoever asks, whatever cookies they carry? Calendars are: one's own by its secret address."""
    return path.endswith(".ics") and path.startswith(("/meetups/", "/groups/", "/sponsors/", "/calendar/"))


def of_environ(environ: dict[str, Any]) -> Asked | None:
    """Of a WSGI request."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    headers = {name: environ[key] for key, name in _FROM_WSGI if key in environ}
    path = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
    return asked(path, environ.get("QUERY_STRING", ""), environ["wsgi.url_scheme"], headers)


def of_scope(scope: dict[str, Any], headers: dict[str, str]) -> Asked | None:
    """Of an ASGI request."""
    if scope["method"] not in {"GET", "HEAD"}:
        return None
    return asked(scope["path"], scope["query_string"].decode("latin-1"), scope.get("scheme", "http"), headers)


_FROM_WSGI = [
    (f"HTTP_{name.upper().replace('-', '_')}", name)
    for name in ("cookie", "host", "x-forwarded-proto", "authorization", "hx-request")
]


def _choices(cookies: str) -> tuple[str, str] | None:
    """Zone and theme; None as soon as there is another cookie (a session, say) or a value we do not know."""
    zone = theme = ""
    for part in cookies.split(";") if cookies else ():
        name, _, value = part.partition("=")
        name, value = name.strip(), value.strip()
        if name == "zone" and (not value or zones.is_known(value)):
            zone = value
        elif name == "theme" and value in THEMES:
            theme = value
        elif name != settings.CSRF_COOKIE_NAME:
            return None
    return zone or settings.VISITORS_ZONE, theme


def _elsewhere() -> tuple[str, ...]:
    return settings.STATIC_URL, settings.MEDIA_URL, "/account/", "/cms/", "/health/"
