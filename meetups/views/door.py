"""The door list: on a phone, on paper, as a file. Never with an e-mail address."""

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.models import Member
from community.text.numbers import whole
from community.verdicts import NotAllowed
from meetups import policies
from meetups.actions import door
from meetups.forms.running import WalkInForm
from meetups.models import Attendance, Meetup, RsvpQuestion
from meetups.queries import people, questions
from meetups.queries.people import AtTheDoor
from meetups.views.finding import FORBIDDEN, UNPROCESSABLE, acting, meetup_or_404, reader, refused

RISKY = ("=", "+", "-", "@", "\t", "\r")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Tap a name, undo, add who walked in."""
    meetup = meetup_or_404(request, number)
    if not (verdict := policies.may_run(reader(request), meetup.group)):
        return refused(request, verdict, meetup=meetup)
    if request.method == "GET":
        return _page(request, meetup)
    form = WalkInForm(request.POST if request.POST.get("do") == "walk-in" else None)
    if form.is_bound and not form.is_valid():
        return _page(request, meetup, form, status=UNPROCESSABLE)
    try:
        _act(request, meetup, form)
    except NotAllowed as error:
        return _page(request, meetup, form, refusal=error.reason, status=FORBIDDEN)
    if getattr(request, "htmx", False):
        return _page(request, meetup, template="meetups/parts/door.html")
    return redirect("meetups:check-in", number, meetup.slug or "-")


@login_required
@never_cache
@require_safe
def door_csv(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Names, guests, who came: for a spreadsheet or a printer."""
    meetup = meetup_or_404(request, number)
    if not (verdict := policies.may_run(reader(request), meetup.group)):
        return refused(request, verdict, meetup=meetup)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="door-{meetup.local_start:%Y-%m-%d}-{meetup.pk}.csv"'
    rows = csv.writer(response)
    lines, asked = _expected(meetup)
    rows.writerow(["name", "guests", "came", "note", *(_harmless(each.text) for each in asked)])
    for line in lines:
        said = [_harmless(line.replies.get(each.pk, "")) for each in asked]
        rows.writerow([_harmless(line.name), line.guests, "yes" if line.attendance else "", line.note, *said])
    return response


def _act(request: HttpRequest, meetup: Meetup, form: WalkInForm) -> None:
    at, wanted = timezone.now(), request.POST.get("do")
    if wanted == "walk-in":
        door.walk_in(actor=acting(request), meetup=meetup, name=form.cleaned_data["name"], at=at)
    elif wanted == "undo":
        rows = Attendance.objects.select_related("meetup__group").filter(meetup=meetup)
        slip = rows.filter(pk=_number(request, "attendance")).first()
        if slip is not None:  # undone already, on another phone
            door.undo(actor=acting(request), attendance=slip, at=at)
    else:
        coming = Member.objects.filter(rsvps__meetup=meetup, rsvps__state="going")
        member = get_object_or_404(coming, pk=_number(request, "member"))
        door.check_in(actor=acting(request), meetup=meetup, member=member, at=at)


def _expected(meetup: Meetup) -> tuple[list[AtTheDoor], list[RsvpQuestion]]:
    """Who is expected, with what they answered where something was asked; two queries, or four."""
    lines = people.door_list(meetup)
    if not getattr(meetup, "is_asking", False):
        return lines, []
    return people.with_replies(lines, meetup), questions.of(meetup)


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.POST.get(name, "")) or 0


def _harmless(name: str) -> str:
    """A name that a spreadsheet would take for a formula is quoted."""
    return f"'{name}" if name.startswith(RISKY) else name


def _page(
    request: HttpRequest,
    meetup: Meetup,
    form: WalkInForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
    template: str = "meetups/check_in.html",
) -> HttpResponse:
    lines, asked = _expected(meetup)
    context = {
        "meetup": meetup,
        "group": meetup.group,
        "lines": [(line, [(each, line.replies.get(each.pk, "")) for each in asked]) for line in lines],
        "expected": sum(1 + line.guests for line in lines if not line.note),
        "here": sum(1 for line in lines if line.attendance),
        "verdict": policies.may_keep_the_door(reader(request), meetup, timezone.now(), "organiser"),
        "form": form if form is not None and form.is_bound else WalkInForm(),
        "refusal": refusal,
    }
    return render(request, template, context, status=status)
