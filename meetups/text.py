"""Dates, places and queues in the words people use."""

from urllib.parse import urlencode

from meetups.models import Meetup, Venue
from meetups.rhythm import ordinal

OPENSTREETMAP = "https://www.openstreetmap.org/"


def when(meetup: Meetup) -> str:
    """The start on the clock of the place: "Tuesday 8 December, 18:30"."""
    return f"{meetup.local_start:%A %-d %B, %H:%M}"


def where(venue: Venue | None, *, online: bool) -> str:
    """The place: "The Fox, 1 Kirkgate", or "Online", or that it is still open."""
    if venue is None:
        return "Online" if online else "Place to be announced"
    return ", ".join(part for part in (venue.name, venue.address) if part)


def map_url(venue: Venue) -> str:
    """A link to a public map: the exact position where it is known, else a search for the address."""
    if venue.latitude is not None and venue.longitude is not None:
        spot = {"mlat": f"{venue.latitude:.5f}", "mlon": f"{venue.longitude:.5f}"}
        return f"{OPENSTREETMAP}?{urlencode(spot)}#map=17/{spot['mlat']}/{spot['mlon']}"
    return f"{OPENSTREETMAP}search?{urlencode({'query': where(venue, online=False)})}"


def in_the_queue(position: int) -> str:
    """What someone who waits reads."""
    return f"You are {ordinal(position)} on the waiting list"


PARTY_RULE = (
    "First come, first served. A seat that comes free goes to whoever has waited longest; someone bringing guests "
    "gets their seats together, as soon as enough are free, and nobody behind them goes first."
)
"""How the waiting list works, wherever someone waits."""

PRODUCT_MINUTES = 10
PRODUCT_SHARE = 0.2


def product_cap(meetup: Meetup) -> int:
    """Minutes of product time an evening carries: ten, and at most a fifth of it."""
    minutes = (meetup.ends_at - meetup.starts_at).total_seconds() / 60
    return min(PRODUCT_MINUTES, int(minutes * PRODUCT_SHARE))
