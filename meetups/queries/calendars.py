"""What calendars show, and a version of it that costs one query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community.models import Group, Member
from meetups.ical.calendars import Entry
from meetups.models import CalendarFeed, Meetup, Rsvp
from sponsors.models import VendorEvent

KEPT = timedelta(days=731)
"""Past evenings stay in feeds for two years: a calendar is also a memory."""

AT_MOST = 2000

WORDS = {
    Rsvp.State.GOING: "You are going.",
    Rsvp.State.WAITLISTED: "You are on the waiting list.",
    Rsvp.State.OFFERED: "A seat is held for you.",
    Rsvp.State.MAYBE: "You said maybe.",
    Rsvp.State.REQUESTED: "You asked to come.",
}


@dataclass(frozen=True, slots=True)
class Version:
    """Changes whenever the calendar would."""

    name: str
    parts: tuple[Any, ...]
    changed_at: datetime | None


def public_meetups(at: datetime) -> QuerySet[Meetup]:
    """Published and cancelled evenings of the last two years and all to come."""
    kept = Meetup.objects.visible_to(None).filter(ends_at__gt=at - KEPT)
    return kept.select_related("group", "venue").order_by("starts_at", "id")


def public_events(at: datetime) -> QuerySet[VendorEvent]:
    """Vendors' published events in the same span."""
    kept = VendorEvent.objects.published().filter(ends_at__gt=at - KEPT)
    return kept.select_related("group", "organisation").order_by("starts_at", "id")


def _counted(rows: QuerySet[Any]) -> dict[str, Subquery]:
    """How many rows a group has and when the last one changed, as two columns of the group's own query."""
    mine = rows.filter(group=OuterRef("pk")).order_by().values("group")
    return {
        "count": Subquery(mine.annotate(n=Count("*")).values("n")),
        "changed": Subquery(mine.annotate(m=Max("changed_at")).values("m")),
    }


def group_version(slug: str, at: datetime) -> tuple[Group, Version] | None:
    """A group with the version of its calendar, in one query."""
    evenings, events = _counted(public_meetups(at)), _counted(public_events(at))
    group = (
        Group.objects.filter(slug=slug)
        .annotate(
            evenings=Coalesce(evenings["count"], 0),
            evenings_at=evenings["changed"],
            events=Coalesce(events["count"], 0),
            events_at=events["changed"],
        )
        .first()
    )
    if group is None:
        return None
    moments = [each for each in (group.evenings_at, group.events_at) if each]
    parts = (group.name, group.evenings, group.evenings_at, group.events, group.events_at)
    return group, Version(group.name, parts, max(moments, default=None))


def all_version(at: datetime) -> Version:
    """The version of the calendar of every public meetup, in one query."""
    found = public_meetups(at).aggregate(count=Count("*"), changed=Max("changed_at"), groups=Max("group__name"))
    return Version("All meetups", tuple(found.values()), found["changed"])


def live_feed(secret_hash: str) -> CalendarFeed | None:
    """A member's own calendar, unless it was ended or the member has left; with its version, in one query."""
    answers = Rsvp.objects.filter(member=OuterRef("member")).order_by().values("member")
    return (
        CalendarFeed.objects.filter(secret_hash=secret_hash, revoked_at=None, member__is_active=True)
        .select_related("member")
        .annotate(
            answers=Coalesce(Subquery(answers.annotate(n=Count("*")).values("n")), 0),
            answered_at=Subquery(answers.annotate(m=Max("changed_at")).values("m")),
            moved_at=Subquery(answers.annotate(m=Max("meetup__changed_at")).values("m")),
        )
        .first()
    )


def own_rsvps(member: Member, at: datetime) -> QuerySet[Rsvp]:
    """What a member answered, but for what they declined."""
    rows = Rsvp.objects.filter(member=member, meetup__ends_at__gt=at - KEPT).exclude(state=Rsvp.State.DECLINED)
    return (
        rows.exclude(meetup__state=Meetup.State.DRAFT)
        .select_related("meetup__group", "meetup__venue")
        .order_by("meetup__starts_at", "id")
    )


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
        categories=(meetup.group.name,),
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


def upcoming(at: datetime, *, group_ids: list[int] | None = None) -> tuple[list[Meetup], list[VendorEvent]]:
    """Evenings and vendors' events to come, for the list; two queries."""
    evenings = public_meetups(at).filter(Q(ends_at__gt=at))
    events = public_events(at).filter(ends_at__gt=at)
    if group_ids is not None:
        evenings, events = evenings.filter(group__in=group_ids), events.filter(group__in=group_ids)
    return list(evenings[:AT_MOST]), list(events[:AT_MOST])


def between(
    start: datetime, end: datetime, *, group_ids: list[int] | None = None
) -> tuple[list[Meetup], list[VendorEvent]]:
    """Evenings and vendors' events that begin in a span, for the month; two queries."""
    evenings = Meetup.objects.visible_to(None).filter(starts_at__gte=start, starts_at__lt=end)
    events = VendorEvent.objects.published().filter(starts_at__gte=start, starts_at__lt=end)
    if group_ids is not None:
        evenings, events = evenings.filter(group__in=group_ids), events.filter(group__in=group_ids)
    return (
        list(evenings.select_related("group", "venue").order_by("starts_at", "id")[:AT_MOST]),
        list(events.select_related("group", "organisation").order_by("starts_at", "id")[:AT_MOST]),
    )
