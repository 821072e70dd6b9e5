"""Dates, places and queues in the words people use."""

from urllib.parse import urlencode

from community.models import Group
from meetups.models import Meetup, Series, Venue

OPENSTREETMAP = "https://www.openstreetmap.org/"


def when(meetup: Meetup) -> str:
    """The start on the clock of the place: "Tuesday 8 December, 18:30"."""
    return f"{meetup.local_start:%A %-d %B, %H:%M}"


def every(series: Series) -> str:
    """How often someone comes who always comes: "every month", "every week", "every time"."""
    if series.interval > 1:
        return "every time"
    return "every week" if series.rhythm == Series.Rhythm.WEEKLY else "every month"


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


def talk_of(meetup: Meetup) -> str:
    """The first words of an evening's topic."""
    place = where(meetup.venue, online=bool(meetup.online_url))
    return f"For everything about this evening: {when(meetup)}, {place}. What would you like to bring, hear, ask?"


def invitation(group: Group, coming: Meetup | None, rhythm: str, link: str) -> str:
    """Words to send round, plain enough for any messenger."""
    lines = [f"{group.name} is a group of small IT providers in {group.place_name}: peers, no sales talk."]
    if rhythm:
        lines.append(f"We meet: {rhythm}.")
    if coming is not None:
        lines.append(f"Next: {when(coming)}, {where(coming.venue, online=bool(coming.online_url))}.")
    return "\n".join([*lines, "Say you are coming (a name and an e-mail are enough):", link])


PARTY_RULE = (
    "First come, first served. A seat that comes free goes to whoever has waited longest; someone bringing guests "
    "gets their seats together, as soon as enough are free, and nobody behind them goes first. A party larger than all "
    "seats together holds nobody up."
)
"""How the waiting list works, wherever someone waits."""
