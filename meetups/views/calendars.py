"""The joined calendar of every group."""

import calendar as months
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Member
from meetups.ical import subscribing
from meetups.models import Meetup
from meetups.queries import calendars
from sponsors.models import VendorEvent


def _zone(request: HttpRequest) -> ZoneInfo:
    return ZoneInfo(request.user.time_zone if request.user.is_authenticated else "Europe/London")


def _asked_month(request: HttpRequest, today: date) -> date:
    try:
        return datetime.strptime(request.GET.get("month", ""), "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return today.replace(day=1)


def _days(meetups: list[Meetup], events: list[VendorEvent], zone: ZoneInfo) -> dict[date, list[Meetup | VendorEvent]]:
    both: list[Meetup | VendorEvent] = [*meetups, *events]
    found: dict[date, list[Meetup | VendorEvent]] = {}
    for each in sorted(both, key=lambda one: one.starts_at):
        found.setdefault(each.starts_at.astimezone(zone).date(), []).append(each)
    return found


def _month(request: HttpRequest, group_ids: list[int] | None) -> dict[str, Any]:
    zone = _zone(request)
    today = timezone.localdate(timezone=zone)
    first = _asked_month(request, today)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    begin = datetime.combine(weeks[0][0], datetime.min.time(), tzinfo=zone)
    end = datetime.combine(weeks[-1][-1] + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    found = _days(*calendars.between(begin, end, group_ids=group_ids), zone)
    return {
        "month": first,
        "today": today,
        "weeks": [[(day, day.month == first.month, found.get(day, [])) for day in week] for week in weeks],
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=32)).strftime("%Y-%m"),
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every evening to come, as a list or a month; of all groups, or of your own."""
    at = timezone.now()
    mine = request.user.is_authenticated and request.GET.get("whose") == "mine"
    group_ids: list[int] | None = None
    if mine and isinstance(request.user, Member):
        group_ids = list(request.user.memberships.live().values_list("group", flat=True))
    context: dict[str, Any] = {"at": at, "is_mine": mine, "is_month": request.GET.get("view") == "month"}
    if context["is_month"]:
        context |= _month(request, group_ids)
    else:
        evenings, events = calendars.upcoming(at, group_ids=group_ids)
        context["entries"] = sorted([*evenings, *events], key=lambda one: one.starts_at)
    context["subscribe"] = subscribing.ways(site.BASE_URL + reverse("meetups:all-ics"), "All meetups")
    return render(request, "meetups/index.html", context)
