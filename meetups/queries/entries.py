"""Evenings and vendors' events as entries of a calendar."""

from html import escape

from django.conf import settings

from meetups.ical.calendars import Entry
from meetups.models import Meetup, Rsvp
from sponsors.models import VendorEvent

WORDS = {
    Rsvp.State.GOING: "You are going.",
    Rsvp.State.WAITLISTED: "You are on the waiting list.",
    Rsvp.State.OFFERED: "A seat is held for you.",
    Rsvp.State.MAYBE: "You said maybe.",
    Rsvp.State.REQUESTED: "You asked to come.",
}


def _place(meetup: Meetup) -> str:
    if meetup.venue is None:
        return "Online" if meetup.online_url else meetup.group.place_name
    return ", ".join(part for part in (meetup.venue.name, meetup.venue.address) if part)


def _position(meetup: Meetup) -> tuple[float, float] | None:
    venue = meetup.venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return venue.latitude, venue.longitude


def _status(meetup: Meetup, state: str) -> str:
    if meetup.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if state in {"", Rsvp.State.GOING} else "TENTATIVE"


def evening(meetup: Meetup, rsvp: Rsvp | None = None) -> Entry:
    """An evening as an entry; the link to join stands in it only for someone who is going."""
    state = rsvp.state if rsvp else ""
    url = settings.BASE_URL + meetup.get_absolute_url()
    words = [WORDS.get(Rsvp.State(state), "")] if state else []
    if meetup.is_cancelled:
        words.append(f"Cancelled. {meetup.cancelled_why}".strip())
    text = "\n\n".join(part for part in (*words, meetup.about, url) if part)
    return Entry(
        uid=meetup.uid,
        title=f"{meetup.title} ({meetup.group.name})",
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        time_zone=meetup.time_zone,
        created_at=meetup.created_at,
        stamp=max(meetup.changed_at, rsvp.changed_at) if rsvp else meetup.changed_at,
        sequence=meetup.sequence,
        status=_status(meetup, state),
        url=url,
        place=_place(meetup),
        position=_position(meetup),
        text=text,
        html=meetup.about_html,
        categories=tuple(
            dict.fromkeys((meetup.group.name, meetup.series.title if meetup.series else meetup.group.name))
        ),
        series_uid=f"series-{meetup.series_id}@{settings.MAIL_DOMAIN}" if meetup.series_id else "",
        join_url=meetup.online_url if state == Rsvp.State.GOING else "",
    )


def vendor_event(event: VendorEvent) -> Entry:
    """A vendor's event as an entry: its label stands in the title, where no client can hide it."""
    url = settings.BASE_URL + event.get_absolute_url()
    label = f"{event.organisation.name}, vendor"
    return Entry(
        uid=event.uid,
        title=f"{event.title} [{label}]",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        time_zone=event.time_zone,
        created_at=event.created_at,
        stamp=event.changed_at,
        sequence=event.sequence,
        status="CONFIRMED",
        url=url,
        place=event.place or event.url,
        text=f"An event by {label}, for {event.group.name}.\n\n{event.summary}\n\n{url}",
        html=f"<p>An event by {escape(label)}.</p>{event.body_html}",
        categories=(event.group.name, "Vendor event"),
    )
