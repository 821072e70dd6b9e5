"""How far, and where to: words for lists of groups."""

from urllib.parse import urlsplit

from django import template

register = template.Library()

MILE = 1.609344
MILES = {"GB", "US", "IM", "JE", "GG"}
NEXT_DOOR = 1


@register.filter
def distance(km: float, country_code: str = "") -> str:
    """In the measure of the reader's country, never more exact than it is worth."""
    number, unit = (km / MILE, "mile") if country_code in MILES else (km, "km")
    if number < NEXT_DOOR:
        return f"under a {unit}" if unit == "mile" else "under 1 km"
    whole = round(number)
    plural = "s" if unit == "mile" and whole != 1 else ""
    return f"{whole:,} {unit}{plural}"


@register.filter
def web_host(address: str) -> str:
    """The name of the site an address leads to."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
