"""Deleting one's account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.actions import departure
from community.forms.departure import DepartureForm
from community.queries import departure as queries
from community.views.asking import me


@login_required
@reauthentication_required(app="allauth.account")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Shown what goes and what stays; asked for password or key where there is one, and for the handle, typed."""
    form = DepartureForm(request.POST or None, member=me(request))
    if request.method == "POST" and form.is_valid():
        departure.depart(member=me(request), at=timezone.now())
        logout(request)
        messages.success(request, "Your account is deleted. Thank you for the evenings.")
        return redirect("/")
    context = {"form": form, "alone": queries.organised_alone(me(request))}
    return render(request, "community/settings_delete.html", context, status=422 if form.errors else 200)
