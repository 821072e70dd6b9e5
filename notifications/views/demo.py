"""The demo's letter box: every mail the demo has written, so that links in mails can be followed. Nowhere else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from notifications.models import OutgoingMail

NEWEST = 50
# The mail is shown as a mail programme would: its own styles, no scripts, no forms, links in a new page.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails."""
    _only_in_the_demo()
    return render(request, "notifications/demo_mails.html", {"mails": OutgoingMail.objects.order_by("-pk")[:NEWEST]})


@require_GET
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """One mail as text, with its headers."""
    _only_in_the_demo()
    return render(request, "notifications/demo_mail.html", {"mail": get_object_or_404(OutgoingMail, pk=number)})


@require_GET
def html(request: HttpRequest, number: int) -> HttpResponse:
    """One mail as it looks."""
    _only_in_the_demo()
    shown = get_object_or_404(OutgoingMail.objects.exclude(html=""), pk=number)
    return HttpResponse(shown.html, headers={"Content-Security-Policy": MAIL_POLICY})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
