"""Public feeds: one group, or every public meetup."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from live.changes import made_of
from meetups.feeds.answers import answer
from meetups.ical.calendars import calendar
from meetups.queries import calendars, entries


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The evenings of a group, and its vendors' events with their label."""
    at = timezone.now()
    found = calendars.group_version(slug, at)
    if found is None:
        raise Http404
    group, version = found

    def body() -> bytes:
        evenings = [
            entries.evening(each) for each in calendars.public_meetups(at).filter(group=group)[: calendars.AT_MOST]
        ]
        events = [
            entries.vendor_event(each) for each in calendars.public_events(at).filter(group=group)[: calendars.AT_MOST]
        ]
        both = sorted([*evenings, *events], key=lambda entry: entry.starts_at)
        page = settings.BASE_URL + group.get_absolute_url()
        return calendar(both, name=group.name, url=page, time_zone=group.time_zone)

    response = answer(request, version=("group", group.pk, *version.parts), changed_at=version.changed_at, body=body)
    return made_of(response, f"calendar:{group.pk}", "sponsors")


@require_safe
def all_meetups(request: HttpRequest) -> HttpResponseBase:
    """Every public meetup; vendors' events stay in the calendars of their groups."""
    at = timezone.now()
    version = calendars.all_version(at)

    def body() -> bytes:
        return calendar(
            [entries.evening(each) for each in calendars.public_meetups(at)[: calendars.AT_MOST]],
            name=f"{settings.WAGTAIL_SITE_NAME}: all meetups",
            url=settings.BASE_URL,
        )

    response = answer(request, version=("all", *version.parts), changed_at=version.changed_at, body=body)
    return made_of(response, "meetups")
