"""Finding a group: the directory, and the nearest."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from community import places
from community.forms.groups import not_known
from community.places import Place
from community.queries import groups as queries
from community.text.numbers import whole
from community.views.asking import reader
from live.changes import made_of

DISTANCES = (10, 25, 40, 80, 160, 400)
HERE = "where you are"


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Every group, alive first."""
    country, topic = request.GET.get("country", "")[:2].upper(), request.GET.get("topic", "")[:120]
    found = queries.directory(
        reader(request), timezone.now(), country=country, topic=topic, number=request.GET.get("page")
    )
    names = places.country_names()
    context = {
        "page": found.page,
        "countries": sorted((names.get(code, code), code, many) for code, many in found.countries),
        "topics": found.topics,
        "country": country,
        "country_name": names.get(country, country),
        "topic": topic,
        "now": timezone.now(),
    }
    return made_of(render(request, "community/directory.html", context), "groups", "meetups")


@require_GET
def near(request: HttpRequest) -> HttpResponse:
    """Groups around a town, a postcode or a position, the nearest first."""
    typed = request.GET.get("q", "").strip()[:120]
    km = _kilometres(request.GET.get("km", ""))
    place = _position(request) or (places.find(typed) if typed else None)
    context: dict[str, Any] = {"q": typed, "km": km, "place": place, "distances": DISTANCES, "now": timezone.now()}
    if place is not None:
        context["nearby"] = queries.near(
            latitude=place.latitude, longitude=place.longitude, at=timezone.now(), reader=reader(request), km=km
        )
        context["others"] = [each for each in places.search(typed) if each != place][:3] if typed else []
    elif typed:
        context |= {"unknown": not_known(typed), "suggestions": places.suggest(typed, limit=4)}
    return render(request, "community/near.html", context)


def _kilometres(text: str) -> int:
    """A whole number between 1 and 2,000; 40 for anything else."""
    said = whole(text)
    return queries.NEARBY_KM if said is None else min(max(said, 1), 2000)


def _position(request: HttpRequest) -> Place | None:
    """The position a browser gave, to two decimals: about a kilometre."""
    try:
        latitude, longitude = (round(float(request.GET[name]), 2) for name in ("lat", "lng"))
    except (KeyError, ValueError):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004  (degrees)
        return None
    return Place(HERE, "", "", latitude, longitude)
