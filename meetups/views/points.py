"""Open questions and things to do."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import points as verbs
from meetups.forms.afterwards import PointForm
from meetups.models import Meetup, Point
from meetups.policies.afterwards import may_note
from meetups.queries import afterwards
from meetups.views.finding import UNPROCESSABLE, acting, meetup_or_404, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def points(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """All that is open, and a form for one more."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    role = policies.role_of(reader(request), meetup.group)
    verdict = may_note(acting(request), meetup, at, role)
    if not verdict:
        return refused(request, verdict, meetup=meetup)
    form = PointForm(request.POST or None, group=meetup.group)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.note(actor=acting(request), meetup=meetup, at=at, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("text", error.reason)
        else:
            return redirect("meetups:points", number, meetup.slug or "-")
    context = {"meetup": meetup, "group": meetup.group, "form": form, "role": role}
    context |= {"points": afterwards.points_of(meetup), "may_note": verdict}
    return render(request, "meetups/points.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_POST
def point(request: HttpRequest, number: int, slug: str, point_number: int) -> HttpResponse:
    """Settled, or open after all: `do` is settle or open."""
    meetup = meetup_or_404(request, number)
    rows = meetup.points.filter(hidden_at=None).select_related("meetup__group")
    found: Point = get_object_or_404(rows, pk=point_number)
    is_settled = request.POST.get("do") != "open"
    try:
        verbs.settle(actor=acting(request), point=found, is_settled=is_settled, at=timezone.now())
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    response = redirect(meetup)
    response["Location"] += "#left-open"
    return response


def shown(request: HttpRequest, meetup: Meetup, role: str, at: datetime) -> dict[str, Any]:
    """For the page of an evening that has begun: what is open, for members and who was there; a few queries."""
    if at < meetup.starts_at or not request.user.is_authenticated:
        return {}
    verdict = may_note(acting(request), meetup, at, role)
    if not (role or verdict):
        return {}
    return {"points": afterwards.points_of(meetup), "may_note": verdict}
