"""Middleware of the site as a whole."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone

from cms.policies import office
from community.queries import zones


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere, a looser one under `/cms/` (Wagtail writes inline styles and scripts there)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Have django-csp write both once: to do it for each page was a twentieth of what a short page cost."""
        super().__init__(get_response)
        self.office = settings.CMS_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        self.written = {False: build_policy(), True: build_policy(replace=self.office)}

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Choose by address; a page that asks for something of its own, and an error shown in full, have it written."""
        is_office = request.path.startswith("/cms/")
        if settings.DEBUG or hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response)):
            if is_office and not hasattr(response, "_csp_replace"):
                setattr(response, "_csp_replace", self.office)  # noqa: B010  (django-csp's door)
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.written[is_office])
        return response


class ReadersClock:
    """Moments without a place of their own are shown on the reader's clock: the member's, else the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the zone for this request alone."""
        with timezone.override(ZoneInfo(self.zone_of(request))):
            return self.get_response(request)

    def zone_of(self, request: HttpRequest) -> str:
        """A name that is known to be a zone; visitors cost no query."""
        wanted = request.COOKIES.get("zone", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            wanted = request.user.time_zone
        return wanted if zones.is_known(wanted) else settings.VISITORS_ZONE


SECOND_STEP = "Those who edit this site sign in with a second step. Set one up here, then go on."


class OfficeDoor:
    """Before Wagtail's back office: editors only, and with a second factor; others are told why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Visitors are sent to sign in by Wagtail itself."""
        if request.path.startswith("/cms/") and request.user.is_authenticated:
            verdict = office.may_enter(request.user, timezone.localdate())
            if not verdict:
                raise PermissionDenied(verdict.reason)
            if office.needs_second_factor(request.user):
                messages.warning(
                    request, "Those who edit this site sign in with a second step. Set one up, then go on."
                )
                return redirect("mfa_index")
        return self.get_response(request)


class WayBack:
    """Whoever was signed out meanwhile comes back to the page they were on, not to a button or a part of it.

    A page that only takes what a form sends says so in words to those who open it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes after."""
        self.get_response = get_response
        self.door = resolve_url(settings.LOGIN_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the few answers that lead to the door, or to nothing."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FOUND and response.headers["Location"].startswith(self.door):
            return self._at_the_door(request, response)
        # The API says it in words of its own.
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET" and not response.content:
            page = render(request, "405.html", status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def _at_the_door(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_part = "HX-Request" in request.headers
        where, _, next_page = response.headers["Location"].partition("?next=")
        came_from = urlsplit(request.headers.get("HX-Current-URL" if is_part else "Referer", ""))
        is_itself = next_page == quote(request.get_full_path()) and (is_part or request.method == "POST")
        if is_itself and came_from.netloc == request.get_host():
            page = urlunsplit(("", "", came_from.path, came_from.query, ""))
            response.headers["Location"] = f"{where}?next={quote(page)}"
        # A part that is asked for would be put where it belongs; the whole page has to go.
        return HttpResponse(headers={"HX-Redirect": response.headers["Location"]}) if is_part else response
