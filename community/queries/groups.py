"""Which groups there are: alive first, or nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from community.models import Group, Member

PER_PAGE = 30
EARTH_KM = 6371.0088
KM_PER_DEGREE = 111.195
NEARBY_KM = 40
NEAREST = 24
HALF_TURN = 180
FAR = 179.0
"""Degrees of longitude: a box as wide as this goes round the earth."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """Groups with `distance_km`, the nearest first; where there is none within `km`, the nearest anywhere."""

    groups: Sequence[Group]
    km: int
    is_widened: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of groups, and what to narrow them by: (value, how many)."""

    page: "Page[Group]"
    countries: list[tuple[str, int]]
    topics: list[tuple[str, int]]


def directory(
    reader: Member | None, at: datetime, *, country: str = "", topic: str = "", number: str | None = None
) -> Directory:
    """Those with an evening ahead, the soonest first; then alive, dormant, listed elsewhere. Four queries."""
    seen = Group.objects.visible_to(reader)
    rows = seen.filter(country_code=country) if country else seen
    rows = rows.filter(topic__iexact=topic) if topic else rows
    page = Paginator(rows.order_by(*_alive(at)), PER_PAGE).get_page(number)
    page.object_list = list(page.object_list)
    return Directory(page, _counted(seen, "country_code"), _counted(seen, "topic"))


def near(
    *,
    latitude: float,
    longitude: float,
    at: datetime,
    reader: Member | None = None,
    km: int = NEARBY_KM,
    limit: int = NEAREST,
) -> Nearby:
    """Groups around a position, by distance on the sphere; one query, two where nothing is within `km`."""
    placed = Group.objects.visible_to(reader).exclude(latitude=None)
    placed = placed.annotate(distance_km=_distance(latitude, longitude)).order_by("distance_km", *_alive(at))
    inside = placed.filter(_box(latitude, longitude, km), distance_km__lte=km)
    if groups := list(inside[:limit]):
        return Nearby(groups, km, is_widened=False)
    return Nearby(list(placed[: limit // 2]), km, is_widened=True)


def within(*, latitude: float, longitude: float, km: int) -> "QuerySet[Group]":
    """Groups with `distance_km` at most `km` from a position, archived ones too; to be asked inside another query."""
    placed = Group.objects.exclude(latitude=None).annotate(distance_km=_distance(latitude, longitude))
    return placed.filter(_box(latitude, longitude, km), distance_km__lte=km)


def _alive(at: datetime) -> tuple[Case | OrderBy | F, ...]:
    """An order: those with an evening ahead, the soonest first; then alive, dormant, listed elsewhere."""
    rank = Case(
        When(state=Group.State.ACTIVE, next_meetup_at__gte=at, then=Value(0)),
        When(state=Group.State.ACTIVE, then=Value(1)),
        When(state=Group.State.DORMANT, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    soonest = Case(When(next_meetup_at__gte=at, then=F("next_meetup_at")))
    return rank, soonest.asc(nulls_last=True), F("name"), F("pk")


def _counted(rows: "QuerySet[Group]", field: str) -> list[tuple[str, int]]:
    """Values of a field that occur, the most frequent first."""
    counted = rows.exclude(**{field: ""}).values_list(field).annotate(many=Count("pk"))
    return list(counted.order_by("-many", field)[:60])


def _box(latitude: float, longitude: float, km: int) -> Q:
    """The rectangle of degrees around a circle: what the index can answer. It may cross the date line."""
    tall = km / KM_PER_DEGREE
    rows = Q(latitude__range=(latitude - tall, latitude + tall))
    highest = min(abs(latitude) + tall, 90.0)
    wide = tall / max(cos(radians(highest)), 1e-6)
    if wide >= FAR:
        return rows
    west, east = longitude - wide, longitude + wide
    columns = Q(longitude__range=(west, east))
    if west < -HALF_TURN:
        columns |= Q(longitude__gte=west + 360)
    if east > HALF_TURN:
        columns |= Q(longitude__lte=east - 360)
    return rows & columns


def _distance(latitude: float, longitude: float) -> ExpressionWrapper:
    """Haversine, in kilometres, by the database's own functions."""
    here = Radians(Value(latitude, output_field=FloatField()))
    half_lat = (Radians(F("latitude")) - here) / Value(2.0)
    half_lng = Radians(F("longitude") - Value(longitude)) / Value(2.0)
    chord = Power(Sin(half_lat), 2) + Cos(here) * Cos(Radians(F("latitude"))) * Power(Sin(half_lng), 2)
    arc = Value(2 * EARTH_KM) * ASin(Sqrt(Least(chord, Value(1.0))))
    return ExpressionWrapper(arc, output_field=FloatField())
