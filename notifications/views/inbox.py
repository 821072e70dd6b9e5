"""A member's inbox."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from notifications.actions import inbox as actions
from notifications.models import Notice
from notifications.queries import inbox as queries
from notifications.views.asking import asking


@login_required
@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What you were told, by thing, the latest first."""
    page, things = queries.things(asking(request), request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page, "things": things})


@login_required
@never_cache
@require_GET
def open_notice(request: HttpRequest, number: int) -> HttpResponse:
    """Go to what it is about; it is read then."""
    notice = get_object_or_404(Notice.objects.visible_to(asking(request)), pk=number)
    actions.open_notice(notice=notice, at=timezone.now())
    ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if ours else "notifications:inbox")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is new any more."""
    actions.read_all(member=asking(request), at=timezone.now())
    return redirect("notifications:inbox")


@login_required
@require_POST
def mute(request: HttpRequest, number: int) -> HttpResponse:
    """No more about this."""
    notice = get_object_or_404(Notice.objects.visible_to(asking(request)), pk=number)
    actions.mute(notice=notice, at=timezone.now())
    messages.success(request, f"We tell you no more about “{notice.title}”. Your notices page undoes that.")
    return redirect("notifications:inbox")
