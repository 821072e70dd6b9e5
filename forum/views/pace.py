"""How often a member may ask for what costs work, or make a mark. How much they write: `forum.policies.pace`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from forum.views.frame import TOO_MANY, reader

MINUTE = 60
WAIT = "A little slower, please: wait a minute, then try again. What you typed is still here."
View = Callable[..., HttpResponseBase]


def at_most(times: int, action: str, *, looks: bool = False) -> Callable[[View], View]:
    """So often a minute, for each member; beyond that 429 with `Retry-After`, and nothing is done.

    `action` is counted over all views that share it; with `looks` a page that is looked at counts, too.
    Visitors go on to the view, which sends them to sign in.
    """
    rate = {action: f"{times}/m/user"}

    def of(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_counted = looks or request.method == "POST"
            if is_counted and reader(request) and not _consume(request, action, rate):
                return _slower(request)
            return view(request, *args, **kwargs)

        return asked

    return of


def _consume(request: HttpRequest, action: str, rate: dict[str, str]) -> bool:
    return bool(ratelimit.consume(request, app="forum", action=action, config=rate, limit_get=True))


def _slower(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        answer = HttpResponse(WAIT, status=TOO_MANY, content_type="text/plain")
    else:
        answer = render(request, "429.html", status=TOO_MANY)
    answer["Retry-After"] = str(MINUTE)
    return answer
