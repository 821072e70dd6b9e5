"""What a calendar answers to an invitation (iTIP, RFC 5546 §3.2.3), as the large mail programmes write it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Component

from meetups.ical.values import params_of, value_of

LARGEST = 1_000_000
"""Characters of one calendar: an answer has a few hundred."""


class Unreadable(Exception):  # noqa: N818  (it says the outcome)
    """No calendar by RFC 5545, or none that answers anything."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `attendee` is "" where the calendar left it out; None means: not said."""

    method: str
    uid: str
    attendee: str = ""
    name: str = ""
    part_stat: str = ""
    guests: int | None = None
    sequence: int | None = None
    stamp: datetime | None = None
    starts_at: datetime | None = None
    comment: str = ""


def read(texts: Iterable[str], sender: str = "") -> Reply | None:
    """The newest answer in the calendars of a mail; None where there is no calendar at all. Raises `Unreadable`.

    Where several attendees stand in one answer, that of `sender` is meant. A client may answer one date more than once
    in a mail (as a series and as an exception to it); the highest SEQUENCE and DTSTAMP count.
    """
    found, seen = [], False
    for text in texts:
        seen = True
        if len(text) > LARGEST:
            raise Unreadable
        found += [_reply(event, method, sender) for method, event in _events(text)]
    if not found:
        if seen:
            raise Unreadable
        return None
    oldest = datetime.min.replace(tzinfo=UTC)
    return max(found, key=lambda reply: (reply.sequence or 0, reply.stamp or oldest))


def _events(text: str) -> list[tuple[str, Component]]:
    try:
        calendars = Calendar.from_ical(text.lstrip("\ufeff \r\n"), multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise Unreadable from error
    return [
        (str(calendar.get("METHOD", "REPLY")).upper(), event)
        for calendar in calendars
        for event in calendar.walk("VEVENT")
    ]


def _reply(event: Component, method: str, sender: str) -> Reply:
    attendees = _all(event.get("ATTENDEE"))
    mine = [each for each in attendees if _email(each) == sender]
    who = (mine or attendees or [None])[0]
    params = params_of(who)
    return Reply(
        method=method,
        uid=str(event.get("UID", "")).strip(),
        attendee=_email(who),
        name=str(params.get("CN", "")),
        part_stat=str(params.get("PARTSTAT", "")).upper(),
        guests=_number(params.get("X-NUM-GUESTS")),
        sequence=_number(event.get("SEQUENCE")),
        stamp=_moment(event.get("DTSTAMP")),
        starts_at=_moment(event.get("DTSTART")),
        comment=" ".join(str(each) for each in _all(event.get("COMMENT"))),
    )


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _email(address: Any) -> str:
    """The address of an attendee, in lower case; Apple and some servers keep it in EMAIL beside another kind of URI."""
    if address is None:
        return ""
    text = str(address).strip().strip("<>").lower()
    if text.startswith("mailto:"):
        return text.removeprefix("mailto:").strip()
    named = str(params_of(address).get("EMAIL", "")).lower()
    return named or (text if "@" in text else "")


def _number(value: Any) -> int | None:
    try:
        return max(0, int(value))
    except (TypeError, ValueError):
        return None


def _moment(value: Any) -> datetime | None:
    moment = value_of(value)
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
