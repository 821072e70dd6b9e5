"""Rhythms: a rule becomes evenings, twelve months ahead and rolling on."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from community.models import Group, Member
from community.queries import zones
from meetups.actions import dates, standing
from meetups.actions.details import Details, EndsBeforeStart, UnknownZone, about_html, fresh
from meetups.models import Meetup, Series, Venue
from meetups.policies import may_run
from meetups.rhythm import Rule, ahead, anchored, instant, local_day, rule_of


class NoDates(Exception):  # noqa: N818  (it says the outcome)
    """The rule never comes round."""

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__("That rhythm has no date. Look at the day, and at where it ends.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What every evening of a series begins with."""

    title: str
    start_time: time
    duration: timedelta
    time_zone: str
    venue: Venue | None = None
    about: str = ""
    capacity: int | None = None
    guests_allowed: int = 0

    def at_venue(self, venue: Venue | None) -> "Usual":
        """The same, at this place."""
        return replace(self, venue=venue)


def plan(*, actor: Member, group: Group, rule: Rule, usual: Usual, at: datetime) -> Series:
    """A series with twelve months of evenings (at most sixty); raises `NoDates`, `UnknownZone`, `EndsBeforeStart`."""
    may_run(actor, group).or_refuse()
    check(usual)
    rule = anchored(rule) or rule
    days = to_come(rule, usual.start_time, usual.time_zone, at)
    if not days:
        raise NoDates
    with transaction.atomic():
        dates.lock(group.pk)
        series = Series(group=group, planned_by=actor, created_at=at)
        describe(series, rule, usual)
        series.save()
        make(series, days, at)
        dates.keep(group.pk, at)
        return series


def extend(at: datetime) -> int:
    """Roll every series on to twelve months from now; how many evenings were made. Due work, safe to run twice."""
    made = 0
    live = (
        Series.objects.exclude(ends_on__lte=at.date())
        .order_by("group", "pk")
        .select_related("venue", "group", "planned_by")
    )
    for series in live:
        made += _roll(series, at)
    return made


def _roll(series: Series, at: datetime) -> int:
    """Most days nothing is missing, and nothing is locked."""
    days = to_come(rule_of(series), series.start_time, series.time_zone, at)
    there = Meetup.objects.filter(series=series, occurs_on__in=days).values_list("occurs_on", flat=True)
    if not set(days) - set(there):
        return 0
    with transaction.atomic():
        dates.lock(series.group_id)
        missing = sorted(set(days) - set(there.all()))
        make(series, missing, at)
        dates.keep(series.group_id, at)
        return len(missing)


def check(usual: Usual) -> None:
    """Refuse what no calendar can show."""
    if not zones.is_known(usual.time_zone):
        raise UnknownZone(usual.time_zone)
    if usual.duration <= timedelta():
        raise EndsBeforeStart


def to_come(rule: Rule, clock: time, zone: str, at: datetime) -> list[date]:
    """The dates ahead whose start is still to come."""
    return ahead(rule, local_day(at, zone), lambda day: instant(day, clock, zone) > at)


def describe(series: Series, rule: Rule, usual: Usual) -> None:
    """Write rule and usual facts onto a row that is not stored yet."""
    for part in (rule, usual):
        for each in fields(part):
            setattr(series, each.name, getattr(part, each.name))


def usual_of(series: Series) -> Usual:
    """What every evening of this series begins with."""
    return Usual(**{each.name: getattr(series, each.name) for each in fields(Usual)})


def make(series: Series, days: list[date], at: datetime) -> None:
    """A row a date, in one statement; the series' own text is rendered once. Who comes every time is put down."""
    by = series.planned_by
    html = about_html(series.about, by)
    rows = []
    for day in days:
        details = details_of(usual_of(series), day)
        evening = fresh(series.group, details, at, by=by, about_html=html, series=series)
        evening.occurs_on = day
        rows.append(evening)
    Meetup.objects.bulk_create(rows)
    standing.seat(series, rows, at)


def details_of(usual: Usual, day: date) -> Details:
    """One date of a series. The length is time that passes, whatever the clocks do meanwhile."""
    starts_at = instant(day, usual.start_time, usual.time_zone)
    return Details(
        title=usual.title,
        starts_at=starts_at,
        ends_at=starts_at + usual.duration,
        time_zone=usual.time_zone,
        venue=usual.venue,
        about=usual.about,
        capacity=usual.capacity,
        guests_allowed=usual.guests_allowed,
    )
