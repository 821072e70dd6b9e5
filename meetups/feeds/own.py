"""A member's own calendar, by an address that only they know."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from live.changes import made_of
from meetups import tokens
from meetups.actions import feeds
from meetups.feeds.answers import answer
from meetups.ical.calendars import calendar
from meetups.queries import entries, own_calendar


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What the member answered; an ended address and one that never was answer alike."""
    at = timezone.now()
    found = own_calendar.live_feed(tokens.digest(secret), at)
    if found is None:
        raise Http404
    mine, version = found
    feeds.note_fetch(feed=mine, client=request.headers.get("User-Agent", ""), at=at)

    def body() -> bytes:
        evenings = [entries.evening(meetup, rsvp) for meetup, rsvp in own_calendar.own_evenings(mine, at)]
        page = f"{settings.BASE_URL}/meetups/"
        return calendar(evenings, name="My meetups", url=page, time_zone=mine.member.time_zone)

    response = answer(
        request,
        version=("own", mine.pk, *version.parts),
        changed_at=version.changed_at or mine.created_at,
        body=body,
        is_private=True,
    )
    return made_of(response, "meetups", "groups", feeds.part(mine.member_id))
