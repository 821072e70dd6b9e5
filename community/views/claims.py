"""Claiming a listed group, and settling such claims."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.actions import claims as actions
from community.forms.claims import ClaimForm, DeclineForm
from community.models import Claim
from community.policies import groups as policies
from community.queries import claims as queries
from community.verdicts import NotAllowed
from community.views.asking import me
from community.views.members import group_or_404


@login_required
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a listed group is yours to organise."""
    group = group_or_404(request, slug)
    verdict = policies.may_claim(me(request), group)
    mine = queries.of(me(request), group)
    data = request.POST if request.method == "POST" else None
    form = ClaimForm(data, initial={"evidence": mine.evidence} if mine else None)
    if request.method == "POST" and verdict and form.is_valid():
        evidence = form.cleaned_data["evidence"]
        try:
            actions.claim(member=me(request), group=group, evidence=evidence, at=timezone.now())
        except NotAllowed as error:
            messages.error(request, error.reason)
        else:
            messages.success(request, "Thank you. Those who moderate the site look at it and tell you.")
        return redirect("community:claim", slug)
    context = {"group": group, "verdict": verdict, "mine": mine, "form": form}
    return render(request, "community/claim.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """Claims that wait, the oldest first, for those who moderate the site."""
    _or_refuse(request)
    page = queries.waiting(request.GET.get("page"))
    return render(request, "community/claims.html", {"page": page, "form": DeclineForm()})


@login_required
@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Accept or decline one claim."""
    _or_refuse(request)
    claim = get_object_or_404(Claim.objects.select_related("group", "member"), pk=number)
    accepts, form = "accept" in request.POST, DeclineForm(request.POST)
    if not accepts and not form.is_valid():
        page = queries.waiting(request.GET.get("page"))
        context = {"page": page, "form": form, "failed": claim.pk}
        return render(request, "community/claims.html", context, status=422)
    try:
        if accepts:
            actions.accept(actor=me(request), claim=claim, at=timezone.now())
        else:
            reason = form.cleaned_data["reason"]
            actions.decline(actor=me(request), claim=claim, reason=reason, at=timezone.now())
    except (NotAllowed, actions.Settled) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{claim.group.name}: {'accepted' if accepts else 'declined'}; they have been told.")
    return redirect("community:claims")


def _or_refuse(request: HttpRequest) -> None:
    if not (verdict := policies.may_settle(me(request))):
        raise PermissionDenied(verdict.reason)
