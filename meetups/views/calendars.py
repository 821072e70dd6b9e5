"""The joined calendar: evenings of every group, vendors' events and programmes, as a list or a month."""

from typing import Any

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import places
from community.models import Group
from live.changes import made_of
from live.kept import Kept
from meetups import policies
from meetups.ical import subscribing
from meetups.models import Subject
from meetups.queries.joined import Wanted
from meetups.views import drawing
from meetups.views.drawing import asked
from meetups.views.finding import reader

DISTANCES = (10, 25, 40, 80, 160)
USUAL_KM = 40
_choices: Kept[list[tuple[str, str]]] = Kept()


def _groups() -> list[tuple[str, str]]:
    return list(Group.objects.alive().order_by("name").values_list("slug", "name")[:300])


def _subjects() -> list[tuple[str, str]]:
    return list(Subject.objects.order_by("position", "name").values_list("slug", "name"))


def _wanted(request: HttpRequest) -> tuple[Wanted, str]:
    """What is looked for, and what to say where the place is not known."""
    place = request.GET.get("q", "").strip()[:120]
    near = places.find(place) if place else None
    km = request.GET.get("km", "")
    wanted = Wanted(
        mine=reader(request) if request.GET.get("whose") == "mine" else None,
        group=request.GET.get("group", "")[:80],
        near=near,
        km=int(km) if km in {str(each) for each in DISTANCES} else USUAL_KM,
        is_online=request.GET.get("online") == "1",
        subject=request.GET.get("subject", "")[:60],
    )
    unknown = f"We know no place called “{place}”. Everything is shown." if place and near is None else ""
    return wanted, unknown


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everything to come, as a list or a month; narrowed down by place, group, subject, one's own groups."""
    at = timezone.now()
    wanted, unknown = _wanted(request)
    context: dict[str, Any] = {
        "at": at,
        "wanted": wanted,
        "q": request.GET.get("q", "").strip()[:120],
        "unknown": unknown,
        "distances": DISTANCES,
        "is_month": request.GET.get("view") == "month",
        "as_list": asked(request, view=""),
        "as_month": asked(request, view="month"),
        "whose": asked(request, whose="" if wanted.mine else "mine"),
        "groups": _choices.get("groups", ("site", "groups"), _groups),
        "subjects": _choices.get("subjects", ("site", "subjects"), _subjects),
        "may_curate": policies.may_curate(reader(request)),
    }
    drawn = drawing.month(request, wanted, at) if context["is_month"] else drawing.coming(request, wanted, at)
    context["drawn"] = drawn.html
    context["subscribe"] = subscribing.ways(site.BASE_URL + reverse("meetups:all-ics"), "All meetups")
    response = render(request, "meetups/index.html", context)
    return made_of(response, *drawing.PARTS, "groups", "subjects", turns=[drawn.until])
