"""What every view here does first: find the thing, or say no in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from community.models import Group, Organisation
from community.verdicts import Verdict
from community.views.asking import reader

UNPROCESSABLE = 422


def group_or_404(request: HttpRequest, slug: str) -> Group:
    """The group at this address, where the reader may see it."""
    return get_object_or_404(Group.objects.visible_to(reader(request)), slug=slug)


def organisation_or_404(slug: str) -> Organisation:
    """The vendor at this address: vendors are public."""
    return get_object_or_404(Organisation.objects.select_related("logo"), slug=slug)


def refused(request: HttpRequest, verdict: Verdict, back: str) -> HttpResponse:
    """A page that says why not and where to go on."""
    return render(request, "sponsors/refused.html", {"reason": verdict.reason, "back": back}, status=403)


def answered(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page of a form: what was typed stays in it."""
    return render(request, template, {"form": form, **context}, status=UNPROCESSABLE if form.is_bound else 200)
