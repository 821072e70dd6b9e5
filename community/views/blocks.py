"""Not wanting to hear from somebody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from community.actions import blocks
from community.models import Member
from community.queries import blocks as queries
from community.verdicts import NotAllowed
from community.views.asking import me


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Whom you blocked."""
    return render(request, "community/settings_blocks.html", {"blocks": queries.listing(me(request))})


@login_required
@require_POST
def block(request: HttpRequest, handle: str) -> HttpResponse:
    """From a profile or a menu beside a post; `next` says where to go back to."""
    other = get_object_or_404(Member.objects.present(), handle=handle)
    try:
        blocks.block(member=me(request), other=other, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, f"You no longer hear from {other.shown_name}. They are not told.")
    return redirect(_back(request, other))


@login_required
@require_POST
def unblock(request: HttpRequest, handle: str) -> HttpResponse:
    """Hear from them again."""
    other = get_object_or_404(Member, handle=handle)
    blocks.unblock(member=me(request), other=other)
    messages.success(request, f"You hear from {other.shown_name} again.")
    return redirect(_back(request, other))


def _back(request: HttpRequest, other: Member) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("cms:profile", args=[other.handle])
