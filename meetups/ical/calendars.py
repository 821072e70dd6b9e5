"""Meetups and vendors' events as calendar components, and whole calendars as bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from meetups.ical import zones

PRODID = "-//Pilot Light//Meetups//EN"
VERSION = 3
"""Part of every ETag: raise it when the same rows are to be written differently."""

REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar. Moments are aware; `stamp` is the last change that readers can see."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    created_at: datetime
    stamp: datetime
    sequence: int
    status: str
    url: str
    place: str = ""
    position: tuple[float, float] | None = None
    text: str = ""
    html: str = ""
    categories: tuple[str, ...] = ()
    series_uid: str = ""
    join_url: str = ""


def component(entry: Entry) -> Event:
    """The VEVENT of an entry: every stamp comes from its row, none from the clock of the request."""
    zone = ZoneInfo(entry.time_zone)
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.stamp)
    event.add("LAST-MODIFIED", entry.stamp)
    event.add("CREATED", entry.created_at)
    event.add("SEQUENCE", entry.sequence)
    event.add("STATUS", entry.status)
    event.add("SUMMARY", entry.title)
    event.add("DTSTART", entry.starts_at.astimezone(zone))
    event.add("DTEND", entry.ends_at.astimezone(zone))
    event.add("URL", entry.url)
    if entry.place:
        event.add("LOCATION", entry.place)
    if entry.position:
        event.add("GEO", entry.position)
    if entry.text:
        event.add("DESCRIPTION", entry.text)
    if entry.html:
        # As text: what is of unknown type is not escaped, and HTML has lines.
        event.add("X-ALT-DESC", vText(entry.html), parameters={"FMTTYPE": "text/html"})
    if entry.categories:
        event.add("CATEGORIES", list(entry.categories))
    if entry.series_uid:
        # Each date is an event of its own, because each has its own answers; this says which belong together.
        event.add("RELATED-TO", entry.series_uid, parameters={"RELTYPE": "PARENT"})
    if entry.join_url:
        event.add("CONFERENCE", entry.join_url, parameters={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Join"})
    return event


def calendar(
    entries: Iterable[Entry], *, name: str = "", description: str = "", url: str = "", time_zone: str = ""
) -> bytes:
    """A whole calendar, published: no attendees, each zone with its VTIMEZONE, CRLF, folded at 75 octets."""
    found = list(entries)
    whole = begun("PUBLISH")
    if time_zone:
        whole.add("X-WR-TIMEZONE", time_zone)
    if name:
        whole.add("NAME", name)
        whole.add("X-WR-CALNAME", name)
        whole.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        whole.add("X-PUBLISHED-TTL", "PT6H")
    if description:
        whole.add("DESCRIPTION", description)
        whole.add("X-WR-CALDESC", description)
    if url:
        whole.add("URL", url)
    add_zones(whole, found)
    for entry in found:
        whole.add_component(component(entry))
    return whole.to_ical()


def begun(method: str) -> Calendar:
    """A calendar object with what each must say first."""
    whole = Calendar()
    whole.add("PRODID", PRODID)
    whole.add("VERSION", "2.0")
    whole.add("CALSCALE", "GREGORIAN")
    whole.add("METHOD", method)
    return whole


def add_zones(whole: Calendar, found: list[Entry]) -> None:
    """One VTIMEZONE for each zone in use, right for the years it is used in."""
    for key in sorted({entry.time_zone for entry in found} - {"UTC"}):
        mine = [entry for entry in found if entry.time_zone == key]
        first, last = min(entry.starts_at for entry in mine), max(entry.ends_at for entry in mine)
        whole.add_component(zones.timezone(key, first, last))
