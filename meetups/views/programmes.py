"""Vendors' programmes: which calendars are read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.verdicts import NotAllowed
from meetups import policies
from meetups.actions import programmes as verbs
from meetups.forms.programmes import ProgrammeForm
from meetups.models import ProgrammeFeed
from meetups.views.finding import UNPROCESSABLE, acting, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def programmes(request: HttpRequest) -> HttpResponse:
    """All of them with what became of the last fetch, and a form for one more."""
    if not (verdict := policies.may_curate(reader(request))):
        return refused(request, verdict)
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add(actor=acting(request), at=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("url", error.reason)
        else:
            messages.success(request, "Added. Its dates show within minutes, with the vendor's label.")
            return redirect("meetups:programmes")
    feeds = ProgrammeFeed.objects.select_related("organisation").order_by("name")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "meetups/programmes.html", {"feeds": feeds, "form": form}, status=status)


@login_required
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take one out."""
    if not (verdict := policies.may_curate(reader(request))):
        return refused(request, verdict)
    verbs.remove(actor=acting(request), feed=get_object_or_404(ProgrammeFeed, pk=number))
    messages.success(request, "It is out, with all its dates.")
    return redirect("meetups:programmes")
