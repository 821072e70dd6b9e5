"""The queue, one case, and the decision about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from community.policies.groups import moderates_site
from community.verdicts import NotAllowed
from moderation.actions import decisions
from moderation.forms.cases import DecisionForm
from moderation.models import Report
from moderation.policies import cases as policies
from moderation.queries import queue
from moderation.views.asking import asking
from notifications.actions import inbox


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for you: the oldest case open, the others beside it."""
    page, entries = queue.entries(asking(request), request.GET.get("page"))
    if not entries and not (verdict := policies.may_open_queue(asking(request))):
        return render(request, "moderation/refused.html", {"reason": verdict.reason}, status=403)
    first = entries[0].report if entries else None
    return _show(request, first, None, page=page, entries=entries)


@login_required
@require_GET
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One thing that was reported, with all that is needed to judge it."""
    report = get_object_or_404(_mine(request), pk=number)
    inbox.read_subject(member_id=asking(request).pk, subject=f"case:{report.pk}", at=timezone.now())
    if report.state != Report.State.OPEN:
        return _settled(request, report)
    return _show(request, report, None)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Judge it; the second of two moderators is told what the first decided."""
    report = get_object_or_404(_mine(request), pk=number)
    if request.method == "GET":
        return redirect("moderation:case", number)
    form = DecisionForm(request.POST, may_stop_everywhere=_may_stop_everywhere(request, report))
    if not form.is_valid():
        return _show(request, report, form, status=422)
    values = form.cleaned_data
    try:
        decisions.decide(
            moderator=asking(request),
            report=report,
            kind=values["kind"],
            rule=values["rule"],
            reason=values["reason"],
            pause=form.chosen_pause(),
            at=timezone.now(),
        )
    except decisions.Settled:
        return _settled(request, report)
    except decisions.Gone:
        form.add_error("kind", "It has been taken away meanwhile: there is nothing left to hide.")
        return _show(request, report, form, status=422)
    except NotAllowed as error:
        form.add_error(None, error.reason)
        return _show(request, report, form, status=403)
    messages.success(request, "Decided. The author and those who reported it are told.")
    return redirect("moderation:queue")


def _mine(request: HttpRequest) -> QuerySet[Report]:
    return Report.objects.visible_to(asking(request)).select_related("author", "group", "rule", "decision")


def _settled(request: HttpRequest, report: Report) -> HttpResponse:
    messages.info(request, "That has been decided already; this is what was decided.")
    report.refresh_from_db(fields=["decision"])
    if report.decision_id is None:
        return redirect("moderation:queue")
    return redirect("moderation:decision", report.decision_id)


def _may_stop_everywhere(request: HttpRequest, report: Report) -> bool:
    return moderates_site(asking(request)) and report.group_id is not None


def _show(
    request: HttpRequest, report: Report | None, form: DecisionForm | None, *, status: int = 200, **lists: object
) -> HttpResponse:
    if not lists:
        page, entries = queue.entries(asking(request), request.GET.get("page"))
        lists = {"page": page, "entries": entries}
    context = {"case": None, **lists}
    if report is not None:
        at = timezone.now()
        shown = queue.case(report, at)
        initial = {"rule": report.rule_id, "kind": ""}
        everywhere = _may_stop_everywhere(request, report)
        barred = policies.has_no_interest(asking(request), shown.subject) if shown.subject else None
        form = form or DecisionForm(initial=initial, may_stop_everywhere=everywhere)
        context |= {"case": shown, "form": form, "barred": barred}
    return render(request, "moderation/queue.html", context, status=status)
