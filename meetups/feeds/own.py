"""A member's own calendar, by an address that only they know."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetups import tokens
from meetups.actions import feeds
from meetups.feeds.answers import answer
from meetups.ical.calendars import calendar
from meetups.queries import calendars


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What the member answered; an ended address and one that never was answer alike."""
    at = timezone.now()
    found = calendars.live_feed(tokens.digest(secret))
    if found is None:
        raise Http404
    feeds.note_fetch(feed=found, client=request.headers.get("User-Agent", ""), at=at)
    moments = [each for each in (found.answered_at, found.moved_at) if each]  # type: ignore[attr-defined]  # annotated

    def body() -> bytes:
        entries = [
            calendars.evening(rsvp.meetup, rsvp) for rsvp in calendars.own_rsvps(found.member, at)[: calendars.AT_MOST]
        ]
        return calendar(entries, name="My meetups", url=f"{settings.BASE_URL}/meetups/")

    return answer(
        request,
        version=("own", found.pk, found.answers, *moments),  # type: ignore[attr-defined]  # annotated
        changed_at=max(moments, default=found.created_at),
        body=body,
        is_private=True,
    )
