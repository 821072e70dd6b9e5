"""What organisers do for their group."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community import registry
from community.actions import groups, roles
from community.forms.groups import AmendForm
from community.models import Group, Member, Membership
from community.policies import groups as policies
from community.queries import members as queries
from community.verdicts import NotAllowed
from community.views.asking import me
from community.views.members import group_or_404


@login_required
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The group's facts, its roles, and words to invite people with."""
    group = group_or_404(request, slug)
    role = policies.role_of(me(request), group)
    if not (verdict := policies.may_manage(me(request), group, role)):
        raise PermissionDenied(verdict.reason)
    form = AmendForm.of(group, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        groups.amend(actor=me(request), group=group, at=timezone.now(), **form.facts())
        messages.success(request, "Saved.")
        return redirect("community:manage", slug)
    return _page(request, group, form, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, group: Group, form: AmendForm, status: int) -> HttpResponse:
    people = queries.people(group, sees_everyone=True, sees_unlisted=True, number=request.GET.get("page"))
    context = {
        "group": group,
        "form": form,
        "people": people,
        "page": people.others,
        "labels": registry.labels(people.member_ids, group),
        "roles": Membership.Role.choices,
        "link": request.build_absolute_uri(reverse("community:join", args=[group.slug])),
    }
    return render(request, "community/manage.html", context, status=status)


@login_required
@require_POST
def role(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Give a member a role, or take it back; everybody may lay down their own."""
    group = group_or_404(request, slug)
    member = get_object_or_404(Member.objects.present(), handle__iexact=handle)
    wished = request.POST.get("role", "")
    try:
        if wished not in Membership.Role.values:
            raise NotAllowed("Choose one of the roles.")
        roles.appoint(actor=me(request), member=member, group=group, role=wished, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, error.reason)
    except roles.NotAMember as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{member.shown_name}: {Membership.Role(wished).label.lower()}.")
    still = policies.may_manage(me(request), group)
    return redirect("community:manage" if still else "community:members", slug)
