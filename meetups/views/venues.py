"""A group's places."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import policies
from meetups.actions import venues as verbs
from meetups.forms.running import VenueForm
from meetups.models import Venue
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def venues(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, and a form for one more."""
    group = group_or_404(request, slug)
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.add(actor=acting(request), group=group, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The place is kept. Choose it when you plan.")
        return redirect("meetups:venues", group.slug)
    context = {"group": group, "venues": Venue.objects.filter(group=group).order_by("name"), "form": form}
    return render(request, "meetups/venues.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def venue(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Correct one."""
    group = group_or_404(request, slug)
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    place = get_object_or_404(Venue.objects.select_related("group"), group=group, pk=number)
    form = VenueForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        verbs.amend(actor=acting(request), venue=place, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("meetups:venues", group.slug)
    context = {"group": group, "venue": place, "form": form}
    return render(request, "meetups/venue.html", context, status=UNPROCESSABLE if form.is_bound else 200)
