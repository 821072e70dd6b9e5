"""Reporting something, and what became of one's reports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from community.verdicts import NotAllowed
from moderation import registry
from moderation.actions import reports
from moderation.forms.cases import ReportForm
from moderation.policies import cases as policies
from moderation.queries import queue
from moderation.queries import reports as queries
from moderation.registry import Subject
from moderation.views.asking import asking

THANKS = "Thank you. A moderator will look at it, and we tell you what comes of it."


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Say that something you can see breaks a rule."""
    subject = _subject_or_404(request, kind, number)
    at = timezone.now()
    form = ReportForm(request.POST or None)
    refusal = policies.may_report(asking(request), subject, at)
    if request.method == "POST" and form.is_valid():
        try:
            made = reports.report(reporter=asking(request), subject=subject, at=at, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, error.reason)
        else:
            if policies.may_decide(asking(request), subject.author, subject.group, at):
                return redirect("moderation:case", made.pk)
            messages.success(request, THANKS)
            return redirect(subject.url)
    context = {"form": form, "subject": subject, "label": queue.label(kind), "refusal": refusal}
    return render(request, "moderation/report.html", context, status=_status(request, form, allowed=bool(refusal)))


def _status(request: HttpRequest, form: ReportForm, *, allowed: bool) -> int:
    if not allowed:
        return 403
    return 422 if request.method == "POST" and form.errors else 200


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What you have reported, and what came of it."""
    page, made = queries.made_by(asking(request), request.GET.get("page"))
    return render(request, "moderation/mine.html", {"page": page, "reports": made})


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The code of conduct."""
    return render(request, "moderation/rules.html", {"rules": queue.rules()})


def _subject_or_404(request: HttpRequest, kind: str, number: int) -> Subject:
    known: Any = registry.kind(kind)
    if known is None or not known.visible_to(asking(request), number) or (subject := known.find(number)) is None:
        raise Http404
    return subject
