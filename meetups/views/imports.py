"""Bringing evenings in from another calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import fetching, policies
from meetups.actions import imports
from meetups.forms.imports import ImportForm
from meetups.ical.reading import NotACalendar
from meetups.models import CalendarImport
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, reader, refused

SHOWN = 300


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A file or an address; what it holds is shown next."""
    group = group_or_404(request, slug)
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    typed = request.method == "POST"
    form = ImportForm(request.POST if typed else None, request.FILES if typed else None)
    if typed and form.is_valid():
        try:
            text, source = _text(form)
            imports.begin(actor=acting(request), group=group, text=text, source=source, at=timezone.now())
        except (NotACalendar, fetching.CannotFetch) as error:
            form.add_error("address" if form.cleaned_data["address"] else "file", str(error))
        else:
            return redirect("meetups:import-look", group.slug)
    context = {"group": group, "form": form}
    return render(request, "meetups/import.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """What would come in; a POST brings it in, or throws it away."""
    group, at = group_or_404(request, slug), timezone.now()
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    rows = CalendarImport.objects.select_related("group")
    pending = get_object_or_404(rows, group=group, member=acting(request))
    if request.method == "POST" and "no" in request.POST:
        imports.give_up(actor=acting(request), pending=pending)
        return redirect("meetups:group", group.slug)
    if request.method == "POST":
        brought = imports.bring(actor=acting(request), pending=pending, at=at)
        done = (
            f"{len(brought.new)} evenings came in, {len(brought.changed)} changed, {len(brought.same)} were the same."
        )
        messages.success(request, done)
        return redirect("meetups:group", group.slug)
    brought = imports.look_over(pending, at)
    rows_shown = brought.in_order
    context = {
        "group": group,
        "pending": pending,
        "brought": brought,
        "dates": rows_shown[:SHOWN],
        "more": max(0, len(rows_shown) - SHOWN),
    }
    return render(request, "meetups/import_look.html", context)


def _text(form: ImportForm) -> tuple[str, str]:
    file, address = form.cleaned_data["file"], form.cleaned_data["address"]
    if file:
        return file.read().decode("utf-8-sig", "replace"), file.name
    return (fetching.fetch(address).body or b"").decode("utf-8-sig", "replace"), address
