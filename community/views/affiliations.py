"""Saying what ties one to a vendor, and that it is over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community.actions import affiliations, organisations
from community.forms.affiliations import AffiliationForm
from community.models import Affiliation
from community.models.period import day_of
from community.queries import affiliations as queries
from community.views.asking import me


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The ties there are, and a form to declare one."""
    at = timezone.now()
    form = AffiliationForm(request.POST or None, today=day_of(at))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        organisation = organisations.ensure(name=data["organisation"], at=at)
        declared = affiliations.declare(
            member=me(request), organisation=organisation, kind=data["kind"], starts_on=data["starts_on"], at=at
        )
        messages.success(request, f"Declared: {organisation.name}. Thank you for saying so.")
        for group in declared.set_aside:
            words = f"{organisation.name} sponsors {group.name}, so your role there is set aside. The group was told."
            messages.warning(request, words)
        return redirect("community:settings-affiliations")
    context = {"form": form, "ties": queries.ties(me(request))}
    return render(request, "community/settings_affiliations.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It is over."""
    tie = get_object_or_404(Affiliation.objects.filter(member=me(request)).select_related("organisation"), pk=number)
    affiliations.end(member=me(request), affiliation=tie, at=timezone.now())
    messages.success(request, f"Your tie to {tie.organisation.name} has ended today.")
    return redirect("community:settings-affiliations")
