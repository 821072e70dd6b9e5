"""A decision with its reasons, as its author and moderators read it; taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from community.verdicts import NotAllowed
from moderation.actions import decisions
from moderation.forms.cases import ReversalForm
from moderation.models import Decision
from moderation.notices import statement
from moderation.policies import cases as policies
from moderation.queries import decisions as queries
from moderation.queries import queue
from moderation.views.asking import asking
from notifications.actions import inbox


@login_required
@require_GET
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """What was decided, why, for how long, and how to object."""
    made = _visible_or_404(request, number)
    inbox.read_subject(member_id=asking(request).pk, subject=f"decision:{made.pk}", at=timezone.now())
    return _show(request, made, ReversalForm())


@login_required
@require_http_methods(["GET", "POST"])
def reverse(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back."""
    made = _visible_or_404(request, number)
    if request.method == "GET":
        return redirect("moderation:decision", number)
    form = ReversalForm(request.POST)
    if not form.is_valid():
        return _show(request, made, form, status=422)
    try:
        decisions.reverse(moderator=asking(request), decision=made, why=form.cleaned_data["why"], at=timezone.now())
    except NotAllowed as error:
        form.add_error(None, error.reason)
        return _show(request, made, form, status=403)
    messages.success(request, "Taken back. The author is told.")
    return redirect("moderation:decision", number)


def _visible_or_404(request: HttpRequest, number: int) -> Decision:
    rows = Decision.objects.visible_to(asking(request)).select_related("rule", "author", "group")
    return get_object_or_404(rows, pk=number)


def _show(request: HttpRequest, made: Decision, form: ReversalForm, status: int = 200) -> HttpResponse:
    everywhere = queries.stops_everywhere(made)
    context = {
        "decision": made,
        "label": queue.label(made.target_kind),
        "facts": statement.facts(made, "", everywhere=everywhere),
        "is_author": made.author_id == asking(request).pk,
        "may_reverse": policies.may_decide(asking(request), made.author, made.group, timezone.now()),
        "form": form,
    }
    return render(request, "moderation/decision.html", context, status=status)
