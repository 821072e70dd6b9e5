"""Who is reminded, and whom organisers write to."""

from datetime import datetime
from zoneinfo import ZoneInfo

from meetups.models import Announcement, Meetup, Rsvp
from meetups.notices.telling import place, tell
from meetups.reminding import in_words
from meetups.text import when

State = Rsvp.State


def reminded(meetup: Meetup, minutes: int, at: datetime) -> None:
    """To those who are going or might, once for each moment and start."""
    zone = ZoneInfo(meetup.time_zone)
    recipients = meetup.rsvps.filter(state__in=[State.GOING, State.OFFERED, State.MAYBE])
    tell(
        recipients.values_list("member", flat=True),
        meetup,
        kind="meetups.reminded",
        title=f"{in_words(meetup.local_start, at.astimezone(zone))}: {meetup.title}, {when(meetup)}",
        excerpt=f"{place(meetup)}. If you cannot come, say so: somebody may be waiting for a seat.",
        dedupe=f"meetups.reminded:{meetup.pk}:{minutes}:{meetup.starts_at:%Y%m%dT%H%M}",
        at=at,
    )


def announced(meetup: Meetup, said: Announcement, at: datetime) -> int:
    """Words of an organiser to those they chose; how many that were."""
    rows = meetup.rsvps.exclude(state=State.DECLINED)
    if said.audience == Announcement.Audience.GOING:
        rows = rows.filter(state=State.GOING)
    elif said.audience == Announcement.Audience.WAITING:
        rows = rows.filter(state__in=[State.WAITLISTED, State.OFFERED])
    return tell(
        rows.values_list("member", flat=True),
        meetup,
        kind="meetups.announced",
        title=f"{meetup.title}: {said.subject}",
        excerpt=said.words,
        dedupe=f"meetups.announced:{meetup.pk}:{said.client_key}",
        at=at,
        actor_id=said.author_id,
    )
