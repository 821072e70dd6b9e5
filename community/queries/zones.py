"""The time zones of the world, as the zone database names them."""

from functools import cache
from zoneinfo import available_timezones

FALLBACK = "Europe/London"
"""Where a browser says nothing we know."""

_REGIONS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


def is_known(name: str) -> bool:
    """A zone that clocks here understand."""
    return name in names()


def known_or_fallback(name: str) -> str:
    """The zone itself, or London's when it is none."""
    return name if is_known(name) else FALLBACK


@cache
def choices() -> list[tuple[str, str]]:
    """Zones of places for a menu, by name."""
    named = sorted(name for name in names() if name.startswith(_REGIONS))
    return [(name, name.replace("_", " ")) for name in [*named, "UTC"]]


@cache
def names() -> frozenset[str]:
    """All of them, read from the disc once."""
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}
