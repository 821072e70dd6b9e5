"""One event as a file to keep."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from live.changes import made_of
from meetups.feeds.answers import answer
from meetups.ical.calendars import calendar
from meetups.models import Meetup
from meetups.queries import entries
from sponsors.models import VendorEvent


@require_safe
def meetup(request: HttpRequest, number: int, slug: str) -> HttpResponseBase:
    """An evening; never with the link to join, for the file may be passed on."""
    rows = Meetup.objects.visible_to(None).select_related("group", "venue", "series")
    evening = get_object_or_404(rows, pk=number)
    response = answer(
        request,
        version=("meetup", evening.pk, evening.sequence, evening.changed_at),
        changed_at=evening.changed_at,
        body=lambda: calendar([entries.evening(evening)]),
        file_name=f"meetup-{evening.pk}.ics",
    )
    return made_of(response, f"meetup:{evening.pk}", f"evenings:{evening.group_id}")


@require_safe
def vendor_event(request: HttpRequest, organisation: str, slug: str) -> HttpResponseBase:
    """A vendor's published event, with its label."""
    rows = VendorEvent.objects.published().select_related("group", "organisation")
    event = get_object_or_404(rows, organisation__slug=organisation, slug=slug)
    response = answer(
        request,
        version=("vendor-event", event.pk, event.sequence, event.changed_at),
        changed_at=event.changed_at,
        body=lambda: calendar([entries.vendor_event(event)]),
        file_name=f"{event.slug[:60]}.ics",
    )
    return made_of(response, "sponsors")
