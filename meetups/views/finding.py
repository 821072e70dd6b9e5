"""What several pages share: who asks, what they ask for, how a refusal is said."""

from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from community.models import Group, Member
from community.verdicts import Verdict
from meetups.models import Meetup
from meetups.queries import evenings

FORBIDDEN, UNPROCESSABLE, TOO_MANY = 403, 422, 429


def reader(request: HttpRequest) -> Member | None:
    """The member who asks, or None for a visitor."""
    user: Member | AnonymousUser = request.user
    return user if isinstance(user, Member) else None


def acting(request: HttpRequest) -> Member:
    """The member who acts, where a page has made sure that there is one."""
    return cast("Member", request.user)


def meetup_or_404(request: HttpRequest, number: int) -> Meetup:
    """The meetup, if the reader may see it."""
    meetup = evenings.one(number, reader(request))
    if meetup is None:
        raise Http404
    return meetup


def group_or_404(request: HttpRequest, slug: str) -> Group:
    """The group, if the reader may see it."""
    return get_object_or_404(Group.objects.visible_to(reader(request)), slug=slug)


def refused(request: HttpRequest, verdict: Verdict, **context: Any) -> HttpResponse:
    """A page that says why not, and leads back."""
    return render(request, "meetups/refused.html", {"reason": verdict.reason, **context}, status=FORBIDDEN)
