"""A group begins: one short page."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community import places
from community.models import Group
from community.places import Place
from community.queries import groups as nearby
from community.queries import zones
from community.verdicts import NotAllowed
from meetups.actions import series, starts
from meetups.actions.starts import Beginning
from meetups.forms.plans import StartForm
from meetups.views.finding import UNPROCESSABLE, acting, reader

KEPT = "meetups.start"
"""Where a visitor's words wait in the session until they have signed in."""
NEAR_KM = 40
FALLBACK_ZONE = "Europe/London"


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Name, town, rhythm; groups nearby are shown before a new one is made."""
    at = timezone.now()
    if request.method == "GET":
        kept = request.session.pop(KEPT, None) if reader(request) else None
        return _page(request, StartForm(kept) if kept else StartForm(), status=200)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    place = places.find(form.cleaned_data["town"])
    if place is None:
        typed = form.cleaned_data["town"]
        form.add_error("town", places.hint(typed) or "We do not know that place. Try the nearest larger town.")
        return _page(request, form, suggestions=places.suggest(typed))
    if reader(request) is None:
        request.session[KEPT] = request.POST.dict()
        messages.info(request, "Sign in, or say who you are: what you typed is kept.")
        return redirect_to_login(reverse("meetups:start"))
    near = _near(place, at)
    if near and request.POST.get("anyway") != place.name:
        return _page(request, form, near=near, place=place, status=200)
    return _found(request, form, place, at)


def _found(request: HttpRequest, form: StartForm, place: Place, at: datetime) -> HttpResponse:
    zone = places.zone_of(place) or acting(request).time_zone
    if not zones.is_known(zone):
        zone = FALLBACK_ZONE
    beginning = Beginning(
        name=form.cleaned_data["name"],
        place=place,
        topic=form.cleaned_data["topic"],
        venue_name=form.cleaned_data["venue_name"],
        venue_address=form.cleaned_data["venue_address"],
    )
    try:
        group = starts.start(
            founder=acting(request), beginning=beginning, rule=form.rule_from(at, zone), usual=form.usual(zone), at=at
        )
    except series.NoDates as error:
        form.add_error("rhythm", str(error))
        return _page(request, form)
    except NotAllowed as error:
        form.add_error(None, error.reason)
        return _page(request, form)
    messages.success(request, f"{group.name} is live, with {group.meetups.count()} evenings planned.")
    return redirect("meetups:invite", group.slug)


def _near(place: Place, at: datetime) -> Sequence[Group]:
    """Groups within reach of an evening."""
    found = nearby.near(latitude=place.latitude, longitude=place.longitude, at=at, km=NEAR_KM)
    return [] if found.is_widened else found.groups


def _page(
    request: HttpRequest,
    form: StartForm,
    *,
    near: Sequence[Group] | None = None,
    place: Place | None = None,
    suggestions: list[Place] | None = None,
    status: int = UNPROCESSABLE,
) -> HttpResponse:
    context = {"form": form, "near": near, "place": place, "suggestions": suggestions}
    return render(request, "meetups/start.html", context, status=status)
