"""To the room and to the topic of an evening."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from community.verdicts import NotAllowed, no
from meetups.actions import talk as verbs
from meetups.views.finding import acting, meetup_or_404, refused


@login_required
@require_GET
def chat(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The room; the first one to come opens it."""
    meetup = meetup_or_404(request, number)
    try:
        return redirect(verbs.room(member=acting(request), meetup=meetup, at=timezone.now()))
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)


@login_required
@require_POST
def talk(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The topic; whoever asks first opens it."""
    meetup = meetup_or_404(request, number)
    try:
        return redirect(verbs.topic(member=acting(request), meetup=meetup, at=timezone.now()))
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
