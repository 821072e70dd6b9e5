"""The joined calendar drawn: a month as a table, what is to come as a list; kept, as most readers look for the same."""

import calendar as months
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from live.kept import Kept
from meetups.queries import joined
from meetups.queries.joined import Entry, Wanted

PARTS = ("dates", "sponsors", "subjects")
"""What an entry shows changes with these; who comes does not stand in it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The same for all who read by one clock; true until `until`."""

    html: SafeString
    until: datetime | None


_kept: Kept[Drawn] = Kept(most=200)


def asked(request: HttpRequest, **other: str) -> str:
    """The query of this page with some of it changed; "" takes a part away."""
    kept = {name: value for name, value in request.GET.items() if name != "month"} | other
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def month(request: HttpRequest, wanted: Wanted, at: datetime) -> Drawn:
    """The weeks of a month; four queries, and none while it is kept."""
    zone = ZoneInfo(request.user.time_zone if request.user.is_authenticated else "Europe/London")
    today = timezone.localdate(at, zone)
    first = _asked_month(request, today)
    before = asked(request, month=(first - timedelta(days=1)).strftime("%Y-%m"))
    after = asked(request, month=(first + timedelta(days=32)).strftime("%Y-%m"))

    def draw() -> Drawn:
        weeks = months.Calendar().monthdatescalendar(first.year, first.month)
        begin, end = _midnight(weeks[0][0], zone), _midnight(weeks[-1][-1] + timedelta(days=1), zone)
        entries = joined.between(begin, end, wanted)
        joined.tell_subjects(entries)
        found = _days(entries, zone)
        days = [[(day, day.month == first.month, found.get(day, [])) for day in week] for week in weeks]
        context = {"month": first, "today": today, "weeks": days, "before": before, "after": after}
        tomorrow = _midnight(today + timedelta(days=1), zone)
        return Drawn(render_to_string("meetups/parts/month.html", context), tomorrow)

    return _once(("month", zone.key, today, before, after), wanted, at, draw)


def coming(request: HttpRequest, wanted: Wanted, at: datetime) -> Drawn:
    """What is to come, line by line; four queries, and none while it is kept."""

    def draw() -> Drawn:
        entries = joined.coming(at, wanted)
        joined.tell_subjects(entries)
        html = render_to_string("meetups/parts/entries.html", {"entries": entries, "wanted": wanted})
        return Drawn(html, min((each.ends_at for each in entries), default=None))

    clock, today = timezone.get_current_timezone_name(), timezone.localdate(at)
    return _once(("coming", clock, today), wanted, at, draw)


def _once(key: tuple[Any, ...], wanted: Wanted, at: datetime, draw: Callable[[], Drawn]) -> Drawn:
    """Kept where nothing is left out: whatever somebody looks for besides is drawn for them."""
    if wanted.is_narrow:
        return draw()
    drawn = _kept.get(key, ("site", *PARTS), draw)
    return draw() if drawn.until is not None and drawn.until <= at else drawn


def _asked_month(request: HttpRequest, today: date) -> date:
    try:
        return datetime.strptime(request.GET.get("month", ""), "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return today.replace(day=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=zone)


def _days(entries: Iterable[Entry], zone: ZoneInfo) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {}
    for each in entries:
        found.setdefault(each.starts_at.astimezone(zone).date(), []).append(each)
    return found
