"""Invitations by mail (iMIP, RFC 6047): one evening, one attendee, and an organiser who can be answered."""

from dataclasses import dataclass

from icalendar import vCalAddress

from meetups.ical.calendars import Entry, add_zones, begun, component


@dataclass(frozen=True, slots=True)
class Person:
    """A name and an e-mail address."""

    name: str
    email: str


def invitation(entry: Entry, *, organiser: Person, attendee: Person, part_stat: str, is_withdrawn: bool = False) -> str:
    """A REQUEST, or a CANCEL where the evening is called off, with `part_stat` as the attendee's answer so far.

    `is_withdrawn` is a CANCEL for this attendee alone: the evening takes place, so it says no STATUS (RFC 5546 §3.2.5).
    Line ends are plain: the mail that carries it makes them CRLF.
    """
    method = "CANCEL" if is_withdrawn or entry.status == "CANCELLED" else "REQUEST"
    whole = begun(method)
    add_zones(whole, [entry])
    event = component(entry)
    if is_withdrawn:
        del event["STATUS"]
    event.add("ORGANIZER", vCalAddress.new(organiser.email, cn=organiser.name))
    event.add(
        "ATTENDEE",
        vCalAddress.new(
            attendee.email,
            cn=attendee.name,
            cutype="INDIVIDUAL",
            partstat=part_stat,
            role="REQ-PARTICIPANT",
            rsvp=method == "REQUEST",
        ),
    )
    whole.add_component(event)
    return whole.to_ical().decode().replace("\r\n", "\n")


def method_of(text: str) -> str:
    """What a calendar of ours is for; the mail's headers must say it too."""
    return "CANCEL" if "\nMETHOD:CANCEL\n" in text else "REQUEST"
