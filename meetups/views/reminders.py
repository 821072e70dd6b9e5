"""Reminders of a group, and words to those who come to one evening."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.verdicts import NotAllowed
from meetups import policies, reminding
from meetups.actions import reminders
from meetups.forms.reminders import AnnouncementForm, PlanForm
from meetups.models import Announcement, ReminderPlan
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, meetup_or_404, reader, refused


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """How long before each evening."""
    group = group_or_404(request, slug)
    if not (verdict := policies.may_run(reader(request), group)):
        return refused(request, verdict, group=group)
    there = ReminderPlan.objects.filter(group=group).first()
    typed = request.POST if request.method == "POST" else None
    form = PlanForm(typed, initial={"minutes": there.minutes if there else list(reminding.USUAL)})
    if typed is not None and form.is_valid():
        reminders.plan(actor=acting(request), group=group, minutes=form.cleaned_data["minutes"], at=timezone.now())
        messages.success(request, "Saved. It counts for every evening to come.")
        return redirect("meetups:group", group.slug)
    context = {"group": group, "form": form}
    return render(request, "meetups/reminders.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Write to those who come, and see what was written before."""
    meetup = meetup_or_404(request, number)
    if not (verdict := policies.may_run(reader(request), meetup.group)):
        return refused(request, verdict, meetup=meetup)
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = reminders.announce(actor=acting(request), meetup=meetup, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, error.reason)
        else:
            people = "one person" if said.recipient_count == 1 else f"{said.recipient_count} people"
            messages.success(request, f"Sent to {people}.")
            return redirect(meetup)
    sent = Announcement.objects.filter(meetup=meetup).select_related("author").order_by("-sent_at", "-pk")[:20]
    context = {"meetup": meetup, "form": form, "sent": sent}
    return render(request, "meetups/announce.html", context, status=UNPROCESSABLE if form.is_bound else 200)
