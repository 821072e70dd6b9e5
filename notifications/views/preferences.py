"""Choosing what to be told, everywhere and group by group."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from notifications import registry
from notifications.actions import preferences as actions
from notifications.forms.preferences import PreferencesForm
from notifications.queries import preferences as queries
from notifications.views.asking import asking


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Kinds of notice against roads; `?scope=` names one of your groups."""
    places = dict(registry.places_of(asking(request)))
    scope = request.GET.get("scope", "")
    if scope and scope not in places:
        raise Http404
    chosen = queries.chosen(asking(request))
    form = PreferencesForm(request.POST or None, kinds=queries.choosable(), chosen=chosen, scope=scope)
    if request.method == "POST" and form.is_valid():
        actions.choose_many(member_id=asking(request).pk, scope=scope, choices=form.choices())
        messages.success(request, "Kept.")
        return redirect(reverse("notifications:preferences") + (f"?scope={scope}" if scope else ""))
    context = {
        "form": form,
        "scope": scope,
        "place": places.get(scope, ""),
        "places": places.items(),
        "changed": {place for kind, place in chosen},
        "needed": queries.needed(),
        "muted": queries.muted(asking(request), chosen, places),
    }
    return render(request, "notifications/preferences.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def unmute(request: HttpRequest) -> HttpResponse:
    """Hear of a thing again."""
    if scope := request.POST.get("scope", ""):
        actions.choose(member_id=asking(request).pk, kind="", scope=scope, channel=None)
    return redirect("notifications:preferences")
