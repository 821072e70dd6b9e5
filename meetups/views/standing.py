"""“I come every month”, and no longer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.text.numbers import whole
from community.verdicts import NotAllowed, no
from meetups.actions import standing as verbs
from meetups.models import Meetup, Rsvp, Series
from meetups.text import every
from meetups.views.finding import acting, group_or_404, reader, refused


@login_required
@require_POST
def standing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Begin or end; back to the evening it was pressed on, or to the group's evenings."""
    group = group_or_404(request, slug)
    series = get_object_or_404(Series.objects.select_related("group"), group=group, pk=number)
    member, at = acting(request), timezone.now()
    try:
        if request.POST.get("do") == "end":
            given_up = verbs.end(member=member, series=series, at=at)
            messages.success(request, f"You no longer come {every(series)}. {_freed(given_up)}")
        else:
            given = verbs.begin(member=member, series=series, at=at)
            messages.success(request, f"You come {every(series)} now. {_given(given)}")
    except NotAllowed as error:
        return refused(request, no(error.reason), group=group)
    shown = Meetup.objects.visible_to(reader(request)).filter(series=series)
    meetup = shown.filter(pk=whole(request.POST.get("meetup", "")) or 0).first()
    return redirect(f"{meetup.get_absolute_url()}#rsvp") if meetup else redirect("meetups:group", group.slug)


def _given(given: list[Rsvp]) -> str:
    if not given:
        return "You had answered every date already; new ones follow."
    waits = sum(rsvp.state == Rsvp.State.WAITLISTED for rsvp in given)
    said = f"You are put down for {len(given)} date{'s' if len(given) > 1 else ''}"
    return f"{said}, on {waits} of them on the waiting list." if waits else f"{said}. Say no to any by itself."


def _freed(count: int) -> str:
    if not count:
        return "What you had answered yourself stays."
    return f"{count} date{'s are' if count > 1 else ' is'} free for others; what you had answered yourself stays."
