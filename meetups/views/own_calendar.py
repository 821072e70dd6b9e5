"""A member's own calendar: its address, what it shows, when it was last fetched."""

from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetups.actions import feeds
from meetups.forms.calendars import ChoicesForm
from meetups.ical import subscribing
from meetups.ical.clients import client_name
from meetups.models import CalendarFeed
from meetups.views.finding import acting


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Whether it has an address, when that was last fetched and by what; a POST says what it shows."""
    member = acting(request)
    feed = CalendarFeed.objects.filter(member=member, revoked_at=None).first()
    typed = request.POST if request.method == "POST" else None
    form = ChoicesForm(typed, member=member, feed=feed) if feed else None
    if typed is not None:
        if form and form.is_valid():
            feeds.choose(member=member, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Saved. Your calendar shows it when it next asks.")
        return redirect("meetups:settings-calendar")
    secret = request.session.pop("calendar_secret", None)
    address = site.BASE_URL + reverse("meetups:feed-ics", args=[secret]) if secret else ""
    context = {
        "feed": feed,
        "fetched_by": client_name(feed.last_client) if feed else "",
        "form": form,
        "address": address,
        "subscribe": subscribing.ways(address, "My meetups") if address else None,
    }
    return render(request, "meetups/settings_calendar.html", context)


@login_required
@require_POST
def rotate(request: HttpRequest) -> HttpResponse:
    """Make a new address; the old one ends. It is shown once, on the page that follows."""
    request.session["calendar_secret"] = feeds.rotate(member=acting(request), at=timezone.now())
    return redirect("meetups:settings-calendar")


@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End the address."""
    feeds.revoke(member=acting(request), at=timezone.now())
    return redirect("meetups:settings-calendar")
