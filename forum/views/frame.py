"""What several pages of the forum share: who asks, where they stand, and how a refusal is said."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from community.models import Member
from community.verdicts import NotAllowed
from forum.forms.writing import new_key
from forum.views.drafting import KEPT

FORBIDDEN, CONFLICT, UNPROCESSABLE, TOO_MANY = 403, 409, 422, 429
SIGN_IN = "Sign in to post this. What you wrote is kept, and will be here when you come back."
LONGEST = 50_000
"""Characters of a text held while its author signs in."""
SENT_BEFORE = "You have already posted from this form. If this is something new, send it again."


def reader(request: HttpRequest) -> Member | None:
    """The member who asks, or None for a visitor."""
    user: Member | AnonymousUser = request.user
    return user if isinstance(user, Member) else None


def refused(
    request: HttpRequest, template: str, context: dict[str, Any], error: NotAllowed, *, status: int = FORBIDDEN
) -> HttpResponse:
    """The page again with what was typed, and why not; too fast says when to try again."""
    response = render(
        request, template, {**context, "refusal": error.reason}, status=TOO_MANY if error.retry_after else status
    )
    if error.retry_after:
        response["Retry-After"] = str(error.retry_after)
    return response


def sent_before(request: HttpRequest, template: str, context: dict[str, Any], error: NotAllowed) -> HttpResponse:
    """The page again: this form has posted something else before, and now has a key of its own."""
    return refused(request, template, context, error, status=CONFLICT)


def resent(request: HttpRequest) -> QueryDict:
    """What was typed, under a new key."""
    data = request.POST.copy()
    data["client_key"] = new_key()
    return data


def signed_out(request: HttpRequest, back: str = "") -> HttpResponse:
    """A session ended while someone was writing: their words, held across signing in, and the way there.

    Nothing is loaded and nothing told of the place: whoever is signed out may not know it. `back`: the form's address.
    """
    hold(request, back or request.path)
    context = {"refusal": SIGN_IN, "body": request.POST.get("body", ""), "back": back or request.get_full_path()}
    return render(request, "forum/signed_out.html", context, status=FORBIDDEN)


def hold(request: HttpRequest, path: str) -> None:
    """Keep what was typed in the session: the form at `path` offers it again."""
    typed = {name: request.POST[name][:LONGEST] for name in KEPT if name in request.POST}
    request.session["kept"] = {"path": path, "typed": typed}


def kept(request: HttpRequest) -> dict[str, str]:
    """What was typed here before signing in, if anything."""
    found = request.session.get("kept", {})
    return found["typed"] if found.get("path") == request.path else {}


def let_go(request: HttpRequest) -> None:
    """It has been posted."""
    request.session.pop("kept", None)
