"""Settings: the overview, and what a member says of themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from community.actions import profile
from community.forms.profile import ProfileForm
from community.queries import affiliations, blocks
from community.views.asking import me


@login_required
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """One calm page that leads to everything."""
    context = {
        "ties": affiliations.ties(me(request)).filter(ends_on=None),
        "blocked_count": len(blocks.blocked_by(me(request))),
    }
    return render(request, "community/settings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Name, words, picture, place, zone, who sees what."""
    if request.method == "GET":
        return _page(request, ProfileForm(member=me(request)), 200)
    form = ProfileForm(request.POST, request.FILES, member=me(request))
    if not form.is_valid():
        return _page(request, form, 422)
    profile.update(
        member=me(request),
        values=form.values(),
        avatar=form.cleaned_data["avatar"],
        drop_avatar=form.cleaned_data.get("drop_avatar", False),
    )
    messages.success(request, "Saved.")
    return redirect("community:settings-profile")


def _page(request: HttpRequest, form: ProfileForm, status: int) -> HttpResponse:
    return render(request, "community/settings_profile.html", {"form": form}, status=status)
