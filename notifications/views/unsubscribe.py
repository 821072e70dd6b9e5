"""Out of a mail list with one click (RFC 8058), without signing in."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import registry
from notifications.actions import preferences
from notifications.tokens import Unsubscription, read_unsubscribe_token


@csrf_exempt  # a mail programme posts without cookies; the signed token is the proof
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what would end and changes nothing (mail scanners follow links); POST ends it."""
    asked = read_unsubscribe_token(token)
    if asked is None or not get_user_model().objects.filter(pk=asked.member_id, departed_at=None).exists():
        return render(request, "notifications/unsubscribe.html", {"unknown": True}, status=404)
    widths = _widths(asked)
    ended = None
    if request.method == "POST":
        ended = widths.get(request.POST.get("width", ""), (asked, ""))[0]
        preferences.end_mail(ended)
    shown = {"widths": widths, "ended": ended, "ended_words": _words(ended) if ended else ""}
    return render(request, "notifications/unsubscribe.html", shown)


def _widths(asked: Unsubscription) -> dict[str, tuple[Unsubscription, str]]:
    """How much may end, from this list alone to all mail that is not needed."""
    who = asked.member_id
    wide = {"this": asked}
    if asked.kind and asked.scope:
        wide |= {"kind": Unsubscription(who, asked.kind, ""), "scope": Unsubscription(who, "", asked.scope)}
    wide["all"] = Unsubscription(who, "", "")
    return {name: (each, _words(each)) for name, each in wide.items()}


def _words(each: Unsubscription) -> str:
    what = f"mails about “{registry.kind_of_row(each.kind).label}”" if each.kind else "all mails"
    if each.scope:
        return f"{what} from {registry.scope_names([each.scope]).get(each.scope, 'this group')}"
    return what if each.kind else "all mails about what happens here"
