"""Changing a series, or calling the rest of it off: what will happen is shown before it does."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.models import Group
from community.text.numbers import whole
from meetups import policies
from meetups.actions import revisions
from meetups.actions.details import EndsBeforeStart, UnknownZone
from meetups.actions.revisions import NothingToCome, Revision
from meetups.actions.series import NoDates
from meetups.forms.evenings import CancelForm
from meetups.forms.series import SeriesForm, facts_of
from meetups.models import Meetup, Series
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, reader, refused

GET_OR_POST = ["GET", "POST"]
WRONG = (EndsBeforeStart, UnknownZone, NoDates, NothingToCome)


@login_required
@require_http_methods(GET_OR_POST)
def series(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The rhythm and what is usual; with `?from=<meetup>` from that date on. First shown, then done."""
    group, at = group_or_404(request, slug), timezone.now()
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    held = _series(group, number)
    since = _since(request, held)
    typed = {"keep_own": "keep"} | request.POST.dict() if request.method == "POST" else None
    form = SeriesForm(typed, group=group, initial=facts_of(held))
    revision = None
    if typed and form.is_valid():
        try:
            revision = _look(held, form, since, at)
            if typed.get("do") == "save" and typed.get("seen") == _mark(typed):
                return _save(request, held, form, since, revision, at)
        except WRONG as error:
            form.add_error(None, str(error))
    context = {
        "group": group,
        "series": held,
        "form": form,
        "since": since,
        "revision": revision,
        "seen": _mark(typed) if typed and revision else "",
    }
    return render(request, "meetups/series.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_required
@require_http_methods(GET_OR_POST)
def cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say how many dates and people it touches, ask why, then call them off."""
    group, at = group_or_404(request, slug), timezone.now()
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    held = _series(group, number)
    since = _since(request, held)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        count = revisions.cancel(actor=acting(request), series=held, since=since, why=why, at=at)
        messages.success(request, f"Cancelled: {_dates(count)}. Everyone who answered is told.")
        return redirect("meetups:group", group.slug)
    coming = list(revisions.coming(held, since, at))
    people = sum(each.going_count + each.waiting_count for each in coming)
    context = {"group": group, "series": held, "form": form, "since": since, "coming": coming, "people": people}
    return render(request, "meetups/series_cancel.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _look(held: Series, form: SeriesForm, since: date | None, at: datetime) -> Revision:
    keep = form.cleaned_data["keep_own"]
    return revisions.plan(held, form.rule_of(held), form.usual(), since=since, keep_own=keep, at=at)


def _save(
    request: HttpRequest, held: Series, form: SeriesForm, since: date | None, revision: Revision, at: datetime
) -> HttpResponse:
    revisions.amend(
        actor=acting(request),
        series=held,
        rule=form.rule_of(held),
        usual=form.usual(),
        since=since,
        keep_own=form.cleaned_data["keep_own"],
        at=at,
    )
    told = "Everyone it concerns is told." if revision.people else "Nobody had to be told."
    messages.success(request, f"Saved for {_dates(len(revision.changes))}. {told}")
    return redirect("meetups:group", held.group.slug)


def _series(group: Group, number: int) -> Series:
    return get_object_or_404(Series.objects.select_related("group", "venue"), group=group, pk=number)


def _since(request: HttpRequest, held: Series) -> date | None:
    """The date of the evening they came from, if it is one of this series."""
    number = whole(request.GET.get("from", "")) or 0
    return Meetup.objects.filter(series=held, pk=number).values_list("occurs_on", flat=True).first()


def _mark(typed: Mapping[str, str]) -> str:
    """What was typed, in short: saving asks again where it is not what was shown."""
    said = sorted((name, value) for name, value in typed.items() if name in SeriesForm.base_fields)
    return sha256(repr(said).encode()).hexdigest()[:16]


def _dates(count: int) -> str:
    return f"{count} date{'s' if count != 1 else ''}"
