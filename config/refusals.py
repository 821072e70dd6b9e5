"""What is said when a form cannot be taken, whichever page it came from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.views.frame import hold


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form opened before its reader signed in elsewhere: nothing is done, and the words in it are not lost.

    A form of the forum finds them again at its own address; of any other they stand on the page, to be copied.
    """
    typed = request.POST.get("body", "")
    match = request.resolver_match
    back = request.path if typed and match and match.namespace == "forum" else ""
    if back:
        hold(request, back)
    return render(request, "403_csrf.html", {"typed": typed, "back": back}, status=403)
