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
    if back and _is_from_here(request):
        hold(request, back)
    else:
        back = ""
    return render(request, "403_csrf.html", {"typed": typed, "back": back}, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """Our own page sent it. Another site's form comes without the session: keeping words would sign its victim out."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
