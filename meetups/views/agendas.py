"""The agenda: read by all, written by organisers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import agenda as verbs
from meetups.forms.running import AgendaItemForm
from meetups.models import Meetup
from meetups.text import product_cap
from meetups.views.detail import slots
from meetups.views.finding import UNPROCESSABLE, acting, meetup_or_404, reader, refused


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """What the evening is about; organisers add to it here."""
    meetup = meetup_or_404(request, number)
    verdict = policies.may_change(reader(request), meetup, timezone.now())
    if request.method == "GET":
        return _page(request, meetup, AgendaItemForm(), may_change=bool(verdict))
    if not verdict:
        return refused(request, verdict, meetup=meetup)
    form = AgendaItemForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in AgendaItemForm.Meta.fields}
        try:
            verbs.add(actor=acting(request), meetup=meetup, at=timezone.now(), **given)
        except verbs.TooMuchProduct as error:
            form.add_error("minutes", str(error))
        else:
            return redirect("meetups:agenda", number, meetup.slug or "-")
    return _page(request, meetup, form, may_change=True, status=UNPROCESSABLE)


@login_required
@require_POST
def item(request: HttpRequest, number: int, slug: str, item_number: int) -> HttpResponse:
    """Move a slot up or down, or take it out: `do` is up, down or remove."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    slot = get_object_or_404(meetup.agenda_items.select_related("meetup__group"), pk=item_number)
    try:
        if request.POST.get("do") == "remove":
            verbs.remove(actor=acting(request), item=slot, at=at)
        else:
            steps = -1 if request.POST.get("do") == "up" else 1
            verbs.move(actor=acting(request), item=slot, steps=steps, at=at)
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    if request.POST.get("do") == "remove":
        messages.success(request, f"“{slot.title}” is off the agenda.")
    return redirect("meetups:agenda", number, meetup.slug or "-")


def _page(
    request: HttpRequest, meetup: Meetup, form: AgendaItemForm, *, may_change: bool, status: int = 200
) -> HttpResponse:
    timed = slots(meetup)
    length = int((meetup.ends_at - meetup.starts_at).total_seconds() // 60)
    context = {
        "meetup": meetup,
        "group": meetup.group,
        "agenda": timed,
        "form": form,
        "may_change": may_change,
        "product_cap": product_cap(meetup),
        "minutes_left": length - sum(slot.minutes for _, slot in timed),
    }
    return render(request, "meetups/agenda.html", context, status=status)
