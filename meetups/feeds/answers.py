"""A calendar as an answer: validators first, the body only when the client does not have it."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from live.kept import Kept
from meetups.ical.calendars import VERSION

_bodies: Kept[bytes] = Kept(most=200, keep_for=3600.0)
"""By their ETag: clients ask every hour, and a public calendar is made once for all as long as it says the same."""


def answer(
    request: HttpRequest,
    *,
    version: tuple[Any, ...],
    changed_at: datetime | None,
    body: Callable[[], bytes],
    file_name: str = "",
    is_private: bool = False,
) -> HttpResponseBase:
    """304 when the strong ETag (or Last-Modified) says so, else the calendar; HEAD like GET.

    `version` must change whenever the body would; with `file_name` it is a download, without it a feed.
    """
    etag = quote_etag(hashlib.sha256(repr((VERSION, *version)).encode()).hexdigest()[:32])
    modified = int(changed_at.timestamp()) if changed_at else None
    early = get_conditional_response(request, etag=etag, last_modified=modified)
    if early:
        response = early
    else:
        # What is one member's own has one reader, who asks with its ETag: nothing is gained by keeping it.
        made = body() if is_private else _bodies.get(etag, (), body)
        response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    if file_name:
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    patch_cache_control(response, **{"private" if is_private else "public": True}, max_age=300)
    if is_private:
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
    return response
