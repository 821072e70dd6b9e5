"""What the members of a group would like to talk about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_POST

from community import registry
from community.models import Group, Member
from community.text.numbers import whole
from community.verdicts import NotAllowed, no
from meetups import policies
from meetups.actions import proposals as verbs
from meetups.forms.proposals import ProposalForm
from meetups.models import Proposal
from meetups.policies import proposals as may
from meetups.queries import proposals as queries
from meetups.views.finding import UNPROCESSABLE, acting, group_or_404, reader, refused


@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """All topics, most wanted first, and a form for one more; `?part=list` answers the lists alone."""
    group, at = group_or_404(request, slug), timezone.now()
    if request.method == "GET":
        return _page(request, group, ProposalForm(), at)
    member = reader(request)
    if member is None:
        return redirect("account_login")
    form = ProposalForm(request.POST)
    if form.is_valid():
        try:
            made = verbs.propose(author=member, group=group, at=at, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "It stands in the list. Others can say that they want it too.")
            return redirect(made)
    return _page(request, group, form, at, status=UNPROCESSABLE)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say it in other words."""
    group, at = group_or_404(request, slug), timezone.now()
    proposal = _one(request, group, number)
    if not (verdict := may.may_change(acting(request), proposal, at)):
        return refused(request, verdict, group=group)
    form = ProposalForm.of(proposal, request.POST or None)
    form.fields.pop("client_key")
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(verbs.change(actor=acting(request), proposal=proposal, at=at, **form.cleaned_data))
        except NotAllowed as error:
            form.add_error(None, error.reason)
    context = {"group": group, "proposal": proposal, "form": form}
    return render(request, "meetups/proposal.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_POST
def vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Want it too, or no longer; htmx gets the line anew, others go back to where they came from."""
    group, at = group_or_404(request, slug), timezone.now()
    proposal = _one(request, group, number)
    is_on = request.POST.get("want") != "no"
    try:
        verbs.vote(member=acting(request), proposal=proposal, is_on=is_on, at=at)
    except NotAllowed as error:
        if not getattr(request, "htmx", False):
            return refused(request, no(error.reason), group=group)
        messages.error(request, error.reason)
    back = request.POST.get("meetup", "")
    if getattr(request, "htmx", False):
        again = _one(request, group, number)
        context = line_context(request, group, [again]) | {"proposal": again, "meetup_number": back}
        return render(request, "meetups/parts/proposal.html", context)
    if meetup := group.meetups.visible_to(reader(request)).filter(pk=whole(back) or 0).first():
        return redirect(f"{meetup.get_absolute_url()}#topics")
    return redirect(proposal)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take it back."""
    group = group_or_404(request, slug)
    proposal = _one(request, group, number)
    try:
        verbs.withdraw(actor=acting(request), proposal=proposal)
    except NotAllowed as error:
        return refused(request, no(error.reason), group=group)
    messages.success(request, f"“{proposal.title}” is withdrawn.")
    return redirect("meetups:proposals", group.slug)


def line_context(request: HttpRequest, group: Group, shown: list[Proposal], role: str | None = None) -> dict[str, Any]:
    """What lines of proposals need besides themselves; two queries, one where the role is known, one for voting."""
    member = reader(request)
    role = policies.role_of(member, group) if role is None else role
    return {
        "group": group,
        "role": role,
        "may_vote": SimpleLazyObject(lambda: may.may_propose(member, group, timezone.now(), role)),
        "author_labels": _labels(shown, group),
    }


def _labels(shown: list[Proposal], group: Group) -> Mapping[int, registry.Label]:
    authors = {each.author_id for each in shown}
    return registry.labels(authors, group) if authors else {}


def _one(request: HttpRequest, group: Group, number: int) -> Proposal:
    found = queries.one(number, group, reader(request))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, group: Group, form: ProposalForm, at: datetime, *, status: int = 200) -> HttpResponse:
    member: Member | None = reader(request)
    pool = queries.pool(group, member)
    context = line_context(request, group, [*pool.waiting, *pool.taken]) | {"pool": pool, "form": form}
    part = request.GET.get("part") == "list"
    template = "meetups/parts/proposals.html" if part else "meetups/proposals.html"
    return render(request, template, context, status=status)
