"""What else is on, shown before an evening or a series is planned; the organiser may know and go on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from community.models import Group
from community.queries import zones
from meetups.actions import series
from meetups.actions.series import Usual
from meetups.forms.evenings import EveningForm
from meetups.models import Meetup
from meetups.queries import clashes
from meetups.queries.clashes import Along, Around
from meetups.rhythm import Rule, instant, sentence

WORKDAYS = range(5)


def evening(
    request: HttpRequest, group: Group, form: EveningForm, at: datetime, meetup: Meetup | None = None
) -> Around | None:
    """None where nothing is on, the organiser knows, it is kept as a draft, or the hour stays as it was."""
    details = form.details()
    is_same = meetup is not None and (meetup.starts_at, meetup.ends_at) == (details.starts_at, details.ends_at)
    if is_same or request.POST.get("do") == "draft":
        return None
    return _around(request, group, (details.starts_at, details.ends_at), details.time_zone, at, meetup)


def draft(request: HttpRequest, meetup: Meetup, at: datetime) -> Around | None:
    """What a draft that is about to go out would clash with."""
    if meetup.state != Meetup.State.DRAFT:
        return None
    return _around(request, meetup.group, (meetup.starts_at, meetup.ends_at), meetup.time_zone, at, meetup)


def rhythm(request: HttpRequest, group: Group, rule: Rule, usual: Usual, at: datetime) -> dict[str, object] | None:
    """The dates of a rhythm that clash, and the same rhythm on days of the week with fewer, in words."""
    if "anyway" in request.POST or not zones.is_known(usual.time_zone):
        return None

    def starts(one: Rule) -> list[datetime]:
        return _moments(series.to_come(one, usual.start_time, usual.time_zone, at), usual)

    others = {each: starts(replace(rule, weekday=each)) for each in WORKDAYS if rule.weekday not in {None, each}}
    found: Along = clashes.along(group, starts(rule), usual.duration, others=others)
    if not found.dates:
        return None
    better = [
        {"weekday": each, "words": sentence(replace(rule, weekday=each), usual.start_time), "count": count}
        for each, count in found.better
    ]
    return {"count": found.count, "dates": found.dates, "better": better, "zone": usual.time_zone}


def _moments(days: Iterable[date], usual: Usual) -> list[datetime]:
    zone = ZoneInfo(usual.time_zone)
    return [instant(day, usual.start_time, usual.time_zone).astimezone(zone) for day in days]


def _around(
    request: HttpRequest,
    group: Group,
    span: tuple[datetime, datetime],
    zone: str,
    at: datetime,
    meetup: Meetup | None,
) -> Around | None:
    start, end = (each.astimezone(ZoneInfo(zone)) for each in span)
    if "anyway" in request.POST or end <= start or start <= at:
        return None
    found = clashes.around(group, start, end, at=at, without=meetup)
    return found if found.clashes else None
