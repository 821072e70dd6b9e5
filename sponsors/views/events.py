"""A vendor's event: its page, writing it, judging it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.text.limits import TooLong
from community.text.numbers import whole
from community.text.render import render as render_text
from community.verdicts import NotAllowed, no
from community.views.asking import me, reader
from live.changes import made_of
from notifications.actions import inbox
from sponsors.actions import events
from sponsors.forms.events import EventForm, facts_of
from sponsors.forms.offers import WhyForm
from sponsors.models import VendorEvent
from sponsors.policies import events as policies
from sponsors.policies import ties
from sponsors.views.finding import UNPROCESSABLE, answered, organisation_or_404, refused

GET_OR_POST = ["GET", "POST"]


def event_or_404(request: HttpRequest, organisation: str, slug: str) -> VendorEvent:
    """The event at this address, where the reader may see it."""
    rows = VendorEvent.objects.select_related("organisation", "group", "written_by")
    event = get_object_or_404(rows, organisation__slug=organisation, slug=slug)
    if not policies.may_see(reader(request), event, timezone.now()):
        raise Http404
    return event


@require_GET
def event(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The page, labelled from top to bottom."""
    found, at = event_or_404(request, organisation, slug), timezone.now()
    if member := reader(request):
        inbox.read_subject(member_id=member.pk, subject=f"vendor-event:{found.pk}", at=at)
    is_public = found.state in {VendorEvent.State.APPROVED, VendorEvent.State.CANCELLED} and not found.hidden_at
    context = {
        "event": found,
        "is_public": is_public,
        "is_cancelled": found.state == VendorEvent.State.CANCELLED,
        "may_change": bool(policies.may_change(reader(request), found, at)),
        "may_settle": bool(policies.may_settle(reader(request), found, at)),
    }
    return made_of(render(request, "sponsors/event.html", context), "sponsors", turns=(found.starts_at, found.ends_at))


@login_required
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest, organisation: str) -> HttpResponse:
    """Write one."""
    vendor, at = organisation_or_404(organisation), timezone.now()
    if not (verdict := ties.may_speak_for(me(request), vendor, at)):
        return refused(request, verdict, vendor.get_absolute_url())
    begin = {"time_zone": me(request).time_zone, "group": request.GET.get("group")}
    form = EventForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        group, is_ready = form.cleaned_data["group"], "later" not in request.POST
        try:
            made = events.write(
                actor=me(request), organisation=vendor, group=group, facts=form.facts(), is_ready=is_ready, at=at
            )
        except (NotAllowed, TooLong) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _kept(made))
            return redirect(made)
    return answered(request, "sponsors/event_new.html", form, organisation=vendor)


@login_required
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Change it: it goes round again."""
    found, at = event_or_404(request, organisation, slug), timezone.now()
    if not (verdict := policies.may_change(me(request), found, at)):
        return refused(request, verdict, found.get_absolute_url())
    form = EventForm(request.POST or None, initial=facts_of(found))
    if request.method == "POST" and form.is_valid():
        group, is_ready = form.cleaned_data["group"], "later" not in request.POST
        try:
            kept = events.change(
                actor=me(request), event=found, group=group, facts=form.facts(), is_ready=is_ready, at=at
            )
        except (NotAllowed, TooLong) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _kept(kept))
            return redirect(kept)
    return answered(request, "sponsors/event_edit.html", form, organisation=found.organisation, event=found)


@login_required
@require_POST
def preview(request: HttpRequest, organisation: str) -> HttpResponse:
    """What the form would become, as a fragment; nothing is stored."""
    vendor, at = organisation_or_404(organisation), timezone.now()
    if not (verdict := ties.may_speak_for(me(request), vendor, at)):
        return refused(request, verdict, vendor.get_absolute_url())
    form = EventForm(request.POST)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    facts = form.facts() if form.is_valid() else None
    try:
        html = render_text(given.get("body", ""), author=me(request)).html
    except TooLong as error:
        html, given["summary"] = "", str(error)
    context = {"organisation": vendor, "given": given, "facts": facts, "html": html}
    return render(request, "sponsors/parts/preview.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def review(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Read it as it would stand, then let it through or not."""
    found, at = event_or_404(request, organisation, slug), timezone.now()
    if not (verdict := policies.may_settle(me(request), found, at)):
        return refused(request, verdict, found.get_absolute_url())
    is_yes = "approve" in request.POST
    form = WhyForm(request.POST or None, is_needed=not is_yes)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _decide(request, found, form.cleaned_data["why"], is_yes=is_yes)
        except (events.Settled, events.Changed) as error:
            messages.error(request, str(error))
            return redirect("sponsors:event-review", organisation, slug)
        except NotAllowed as error:
            return refused(request, no(error.reason), found.get_absolute_url())
        messages.success(request, "It is published." if is_yes else "Declined. Who wrote it is told why.")
        return redirect(kept) if is_yes else redirect("sponsors:group", kept.group.slug)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "sponsors/event_review.html", {"event": found, "form": form}, status=status)


@login_required
@require_POST
def cancel(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The vendor calls it off."""
    found = event_or_404(request, organisation, slug)
    try:
        kept = events.cancel(actor=me(request), event=found, at=timezone.now())
    except NotAllowed as error:
        return refused(request, no(error.reason), found.get_absolute_url())
    messages.success(request, "It is called off.")
    return redirect(kept if kept.settled_at else kept.organisation)


def _decide(request: HttpRequest, event: VendorEvent, why: str, *, is_yes: bool) -> VendorEvent:
    if not is_yes:
        return events.decline(actor=me(request), event=event, why=why, at=timezone.now())
    read = whole(request.POST.get("sequence", ""))
    sequence = -1 if read is None else read
    return events.approve(actor=me(request), event=event, sequence=sequence, why=why, at=timezone.now())


def _kept(event: VendorEvent) -> str:
    if event.state == VendorEvent.State.DRAFT:
        return "Kept as a draft: only representatives see it."
    return f"Sent to the organisers of {event.group.name}. It is published once one of them has agreed."
