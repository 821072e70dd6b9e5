"""One slot: changed, moved, claimed, given back, confirmed to be no product time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import agenda as verbs
from meetups.actions import speakers
from meetups.actions.agenda import Facts
from meetups.actions.product_time import TooMuchProduct
from meetups.forms.agendas import ConfirmForm, SlotForm
from meetups.models import AgendaItem, Meetup
from meetups.policies.slots import may_confirm
from meetups.queries import product_time
from meetups.views.finding import UNPROCESSABLE, acting, meetup_or_404, reader, refused


@login_required
@require_POST
def item(request: HttpRequest, number: int, slug: str, item_number: int) -> HttpResponse:
    """Move a slot up or down, or take it out: `do` is up, down or remove."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    slot = _slot(meetup, item_number)
    do = request.POST.get("do")
    try:
        if do == "remove":
            verbs.remove(actor=acting(request), item=slot, at=at)
        else:
            verbs.move(actor=acting(request), item=slot, steps=-1 if do == "up" else 1, at=at)
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    if do == "remove":
        messages.success(request, f"“{slot.title}” is off the agenda.")
    return redirect("meetups:agenda", number, meetup.slug or "-")


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int, slug: str, item_number: int) -> HttpResponse:
    """What, how long, who; and where a speaker has a tie to a sponsor, the word of two organisers."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    slot = _slot(meetup, item_number)
    if not (verdict := policies.may_change(reader(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    form = SlotForm.of(slot, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.amend(actor=acting(request), item=slot, facts=Facts(**form.cleaned_data), at=at)
        except TooMuchProduct as error:
            form.add_error("minutes", str(error))
        except NotAllowed as error:
            form.add_error(None, error.reason)
        else:
            return redirect("meetups:agenda", number, meetup.slug or "-")
    return _edit_page(request, meetup, slot, form, ConfirmForm())


@login_required
@require_POST
def confirm(request: HttpRequest, number: int, slug: str, item_number: int) -> HttpResponse:
    """One organiser's word that it is no product time."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    slot = _slot(meetup, item_number)
    if not (verdict := policies.may_change(reader(request), meetup, at)):
        return refused(request, verdict, meetup=meetup)
    confirming = ConfirmForm(request.POST)
    if confirming.is_valid():
        try:
            speakers.confirm(actor=acting(request), item=slot, reason=confirming.cleaned_data["reason"], at=at)
        except NotAllowed as error:
            confirming.add_error("reason", error.reason)
        else:
            messages.success(request, "Your word stands beside the slot, and in the group's log.")
            return redirect("meetups:agenda", number, meetup.slug or "-")
    return _edit_page(request, meetup, slot, SlotForm.of(slot), confirming)


@login_required
@require_POST
def claim(request: HttpRequest, number: int, slug: str, item_number: int) -> HttpResponse:
    """Take a free slot to speak, or give it back: `do` is claim or give-back."""
    meetup, at = meetup_or_404(request, number), timezone.now()
    slot = _slot(meetup, item_number)
    gives = request.POST.get("do") == "give-back"
    try:
        if gives:
            speakers.give_back(member=acting(request), item=slot, at=at)
        else:
            speakers.claim(member=acting(request), item=slot, at=at)
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    except TooMuchProduct as error:
        reason = f"You have a tie to a sponsor of this group, so the slot would be product time. {error}"
        return refused(request, no(reason), meetup=meetup)
    messages.success(request, "Somebody else can have it now." if gives else "It is yours. The organisers are told.")
    return redirect("meetups:agenda", number, meetup.slug or "-")


def _slot(meetup: Meetup, number: int) -> AgendaItem:
    rows = meetup.agenda_items.select_related("meetup__group", "speaker", "organisation", "subject", "proposal")
    return get_object_or_404(rows, pk=number)


def _edit_page(
    request: HttpRequest, meetup: Meetup, slot: AgendaItem, form: SlotForm, confirming: ConfirmForm
) -> HttpResponse:
    judged = product_time.of(meetup, [slot]).slots[0]
    context = {
        "meetup": meetup,
        "group": meetup.group,
        "slot": judged,
        "form": form,
        "confirming": confirming,
        "has_confirmed": any(each.organiser_id == acting(request).pk for each in judged.confirmations),
        "may_confirm": may_confirm(acting(request), slot, meetup, judged.sponsors, timezone.now())
        if judged.sponsors and not judged.is_by_name
        else None,
    }
    status = UNPROCESSABLE if form.is_bound or confirming.is_bound else 200
    return render(request, "meetups/slot.html", context, status=status)
