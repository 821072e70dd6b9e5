"""A group's people and its log; coming, going, offering to help."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community import registry
from community.actions import memberships
from community.forms.groups import JoinForm
from community.models import Group
from community.policies import groups as policies
from community.queries import affiliations
from community.queries import members as queries
from community.verdicts import NotAllowed
from community.views.asking import me, reader


def group_or_404(request: HttpRequest, slug: str) -> Group:
    """The group at this address, where the reader may see it."""
    return get_object_or_404(Group.objects.visible_to(reader(request)), slug=slug)


@require_GET
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the group: those who look after it first."""
    group = group_or_404(request, slug)
    role = policies.role_of(reader(request), group)
    sight = policies.may_see_people(reader(request), group, role)
    looks_after = bool(policies.may_moderate(reader(request), group, role))
    people = queries.people(group, sees_everyone=bool(sight), sees_unlisted=looks_after, number=request.GET.get("page"))
    context = {
        "group": group,
        "people": people,
        "page": people.others,
        "sight": sight,
        "role": role,
        "labels": registry.labels(people.member_ids, group),
    }
    return render(request, "community/members.html", context)


@require_GET
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done in the group's name, open to all."""
    group = group_or_404(request, slug)
    page, acts = queries.log(group, reader(request), request.GET.get("page"))
    return render(request, "community/log.html", {"group": group, "page": page, "acts": acts})


@login_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the one question, then join."""
    group = group_or_404(request, slug)
    verdict = policies.may_join(me(request), group, timezone.now())
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and verdict and form.is_valid():
        works_for = form.cleaned_data["works_for"]
        try:
            memberships.join(member=me(request), group=group, at=timezone.now(), works_for=works_for)
        except NotAllowed as error:
            messages.error(request, error.reason)
        else:
            messages.success(request, f"You are in {group.name}.")
        return redirect(group)
    context = {"group": group, "verdict": verdict, "form": form, "organisations": affiliations.organisations()[:500]}
    status = 422 if form.errors else 200 if verdict else 403
    return render(request, "community/join.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once, then leave."""
    group = group_or_404(request, slug)
    if request.method == "GET":
        role = policies.role_of(me(request), group)
        return render(request, "community/leave.html", {"group": group, "role": role})
    memberships.leave(member=me(request), group=group, at=timezone.now())
    messages.success(request, f"You have left {group.name}. Come back whenever you like.")
    return redirect(group)


@login_required
@require_POST
def volunteer(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer to organise."""
    group = group_or_404(request, slug)
    try:
        memberships.volunteer(member=me(request), group=group, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, "Thank you. Those who can appoint you have been told.")
    return redirect("community:members", slug)
