"""The joined calendar: evenings of every group, vendors' events and programmes, as a list or a month."""

import calendar as months
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import places
from community.models import Group
from live.changes import made_of
from meetups import policies
from meetups.ical import subscribing
from meetups.models import Subject
from meetups.queries import joined
from meetups.queries.joined import Entry, Wanted
from meetups.views.finding import reader

DISTANCES = (10, 25, 40, 80, 160)
USUAL_KM = 40


def _zone(request: HttpRequest) -> ZoneInfo:
    return ZoneInfo(request.user.time_zone if request.user.is_authenticated else "Europe/London")


def _asked_month(request: HttpRequest, today: date) -> date:
    try:
        return datetime.strptime(request.GET.get("month", ""), "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return today.replace(day=1)


def _wanted(request: HttpRequest) -> tuple[Wanted, str]:
    """What is looked for, and what to say where the place is not known."""
    asked = request.GET.get("q", "").strip()[:120]
    near = places.find(asked) if asked else None
    km = request.GET.get("km", "")
    wanted = Wanted(
        mine=reader(request) if request.GET.get("whose") == "mine" else None,
        group=request.GET.get("group", "")[:80],
        near=near,
        km=int(km) if km in {str(each) for each in DISTANCES} else USUAL_KM,
        is_online=request.GET.get("online") == "1",
        subject=request.GET.get("subject", "")[:60],
    )
    unknown = f"We know no place called “{asked}”. Everything is shown." if asked and near is None else ""
    return wanted, unknown


def _asked(request: HttpRequest, **other: str) -> str:
    """The query of this page with some of it changed; "" takes a part away."""
    kept = {name: value for name, value in request.GET.items() if name != "month"} | other
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def _days(entries: Iterable[Entry], zone: ZoneInfo) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {}
    for each in entries:
        found.setdefault(each.starts_at.astimezone(zone).date(), []).append(each)
    return found


def _month(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    zone = _zone(request)
    today = timezone.localdate(timezone=zone)
    first = _asked_month(request, today)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    begin = datetime.combine(weeks[0][0], datetime.min.time(), tzinfo=zone)
    end = datetime.combine(weeks[-1][-1] + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    found = _days(joined.between(begin, end, wanted), zone)
    return {
        "month": first,
        "today": today,
        "weeks": [[(day, day.month == first.month, found.get(day, [])) for day in week] for week in weeks],
        "before": _asked(request, month=(first - timedelta(days=1)).strftime("%Y-%m")),
        "after": _asked(request, month=(first + timedelta(days=32)).strftime("%Y-%m")),
    }


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
        "as_list": _asked(request, view=""),
        "as_month": _asked(request, view="month"),
        "whose": _asked(request, whose="" if wanted.mine else "mine"),
        "groups": Group.objects.alive().order_by("name").values_list("slug", "name")[:300],
        "subjects": Subject.objects.order_by("position", "name").values_list("slug", "name"),
        "may_curate": policies.may_curate(reader(request)),
    }
    if context["is_month"]:
        context |= _month(request, wanted)
    else:
        context["entries"] = joined.coming(at, wanted)
    context["subscribe"] = subscribing.ways(site.BASE_URL + reverse("meetups:all-ics"), "All meetups")
    response = render(request, "meetups/index.html", context)
    turns = [_tomorrow(at, _zone(request)), *(each.ends_at for each in context.get("entries", ()))]
    return made_of(response, "meetups", "sponsors", "groups", turns=turns)


def _tomorrow(at: datetime, zone: ZoneInfo) -> datetime:
    """The moment from which on another day is marked as today."""
    return datetime.combine(timezone.localdate(at, zone) + timedelta(days=1), datetime.min.time(), tzinfo=zone)
