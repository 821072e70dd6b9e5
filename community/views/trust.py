"""What trust means, and (for those who moderate the site) where a member stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community.actions import trust
from community.forms.trust import TrustForm
from community.models import Member
from community.policies.groups import moderates_site
from community.verdicts import NotAllowed
from community.views import levels as shown
from community.views.asking import me, reader


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """The help page: each level with what it takes and allows; a member sees where they stand."""
    member = reader(request)
    place = shown.place_of(member, timezone.now()) if member else None
    return render(request, "community/trust.html", {"levels": shown.levels(), "place": place})


@login_required
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """One member's standing, and the form to set it by hand; for everybody else there is no such page."""
    if not moderates_site(me(request)):
        raise Http404
    found = get_object_or_404(Member.objects.present(), handle=handle)
    form = TrustForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                trust.give(actor=me(request), member=found, at=timezone.now(), **form.cleaned_data)
            except NotAllowed as error:
                form.add_error(None, error.reason)
            else:
                messages.success(request, "Saved. They have been told.")
                return redirect("community:member-trust", found.handle)
        status = 422
    context = {"found": found, "place": shown.place_of(found, timezone.now()), "form": form}
    return render(request, "community/member_trust.html", context, status=status)
