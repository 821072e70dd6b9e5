"""A member's public page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.queries import profiles as queries


@require_GET
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """Groups, ties to vendors, latest posts; whoever has left has no page."""
    member = queries.find(handle)
    if member is None:
        raise Http404
    if member.handle != handle:
        return redirect(member, permanent=False)
    reader = request.user if request.user.is_authenticated else None
    context = {
        "profile": queries.profile(member, reader, timezone.localdate()),
        "member": member,
        "is_oneself": reader is not None and reader.pk == member.pk,
    }
    return render(request, "cms/profile.html", context)
