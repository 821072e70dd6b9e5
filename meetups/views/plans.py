"""Planning: a series, one evening, a change, a cancellation."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.models import Group
from community.text.numbers import whole
from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import meetups, series
from meetups.actions.details import EndsBeforeStart, InThePast, StillOnline, UnknownZone
from meetups.forms.evenings import CancelForm, EveningForm, facts_of
from meetups.forms.plans import PlanForm
from meetups.models import Meetup
from meetups.queries import evenings
from meetups.views import clashing
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, meetup_or_404, reader, refused

WRONG = (EndsBeforeStart, UnknownZone, InThePast, StillOnline, series.NoDates)
GET_OR_POST = ["GET", "POST"]


@login_required
@require_http_methods(GET_OR_POST)
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A rhythm: twelve months of evenings in one go."""
    group, at = group_or_404(request, slug), timezone.now()
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    begin = {"title": group.name, "time_zone": group.time_zone, "starts_on": timezone.localdate(at)}
    form = PlanForm(request.POST or None, group=group, initial=begin)
    if request.method == "POST" and form.is_valid():
        rule, usual = form.rule(form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]), form.usual()
        if along := clashing.rhythm(request, group, rule, usual, at):
            return _form(request, "meetups/plan.html", form, group=group, along=along)
        try:
            made = series.plan(actor=acting(request), group=group, rule=rule, usual=usual, at=at)
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{made.meetups.count()} evenings are planned.")
            return redirect("meetups:group", group.slug)
    return _form(request, "meetups/plan.html", form, group=group)


@login_required
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """One evening; with `?copy=<id>` it begins like that one, agenda included."""
    group, at = group_or_404(request, slug), timezone.now()
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    source = _source(request, group)
    begin: dict[str, Any] = {"title": group.name, "time_zone": group.time_zone, "guests_allowed": 0}
    if source is not None:
        begin = facts_of(source) | {"day": None, "answers_open_at": None, "answers_close_at": None}
    form = EveningForm(request.POST or None, group=group, initial=begin)
    if request.method == "POST" and form.is_valid():
        if around := clashing.evening(request, group, form, at):
            return _form(request, "meetups/new.html", form, group=group, source=source, around=around)
        try:
            made = _make(request, group, form, source, at)
        except WRONG as error:
            form.add_error("day", str(error))
        else:
            is_draft = made.state == Meetup.State.DRAFT
            messages.success(request, "The draft is kept." if is_draft else "The evening is planned.")
            return redirect(made)
    return _form(request, "meetups/new.html", form, group=group, source=source)


def _make(request: HttpRequest, group: Group, form: EveningForm, source: Meetup | None, at: datetime) -> Meetup:
    details, is_draft, actor = form.details(), request.POST.get("do") == "draft", acting(request)
    if source is None:
        return meetups.schedule(actor=actor, group=group, details=details, at=at, is_draft=is_draft)
    return meetups.copy(actor=actor, meetup=source, details=details, at=at, is_draft=is_draft)


@login_required
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Time, place, title, seats."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if not (verdict := policies.may_change(reader(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    form = EveningForm(request.POST or None, group=meetup.group, initial=facts_of(meetup))
    if request.method == "POST" and form.is_valid():
        if around := clashing.evening(request, meetup.group, form, at, meetup):
            return _form(request, "meetups/edit.html", form, meetup=meetup, group=meetup.group, around=around)
        try:
            kept = meetups.amend(actor=acting(request), meetup=meetup, details=form.details(), at=at)
        except WRONG as error:
            form.add_error(None, str(error))
        except NotAllowed as error:
            return refused(request, no(error.reason), meetup=meetup)
        else:
            messages.success(request, _kept(kept))
            return redirect(kept)
    return _form(request, "meetups/edit.html", form, meetup=meetup, group=meetup.group)


@login_required
@require_http_methods(GET_OR_POST)
def cancel(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Ask why, then call it off."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if not (verdict := policies.may_change(reader(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meetups.cancel(actor=acting(request), meetup=meetup, why=form.cleaned_data["why"], at=at)
        messages.success(request, "The meetup is cancelled, and everyone who answered is told.")
        return redirect(meetup)
    return _form(request, "meetups/cancel.html", form, meetup=meetup, group=meetup.group)


@login_required
@require_POST
def publish(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A draft goes out; what else is on then is shown first."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    if policies.may_change(reader(request), meetup, at) and (around := clashing.draft(request, meetup, at)):
        shown = {"meetup": meetup, "group": meetup.group, "around": around}
        return render(request, "meetups/publish.html", shown, status=UNPROCESSABLE)
    try:
        meetups.announce(actor=acting(request), meetup=meetup, at=at)
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    messages.success(request, "It is out: everyone can see it and answer.")
    return redirect(meetup)


def _kept(meetup: Meetup) -> str:
    if meetup.excess_seats:
        over = f"{meetup.seats_taken} people are going and {meetup.capacity} seats are set"
        return f"Saved. {over}: everyone keeps their seat, and nobody new gets one until there is room."
    return "Saved."


def _source(request: HttpRequest, group: Group) -> Meetup | None:
    """The evening to copy, of this group."""
    number = whole(request.GET.get("copy", ""))
    found = evenings.one(number, reader(request)) if number is not None else None
    return found if found is not None and found.group_id == group.pk else None


def _form(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=UNPROCESSABLE if form.is_bound else 200)
