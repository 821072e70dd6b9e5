"""Was this for me?"""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.verdicts import NotAllowed, no
from meetups.actions import for_me as verbs
from meetups.models import Meetup
from meetups.policies.afterwards import is_afterwards, may_say
from meetups.queries import for_me as queries
from meetups.views.finding import acting, meetup_or_404, reader, refused


@login_required
@require_POST
def for_me(request: HttpRequest, number: int, slug: str, item_number: int) -> HttpResponse:
    """One tap: `say` is yes or no. htmx gets the line anew."""
    meetup = meetup_or_404(request, number)
    item = get_object_or_404(meetup.agenda_items.select_related("meetup__group"), pk=item_number)
    is_for_me = request.POST.get("say") == "yes"
    try:
        verbs.say(member=acting(request), item=item, is_for_me=is_for_me, at=timezone.now())
    except NotAllowed as error:
        return refused(request, no(error.reason), meetup=meetup)
    if getattr(request, "htmx", False):
        context = {"meetup": meetup, "item": item, "echo": {item.pk: is_for_me}}
        return render(request, "meetups/parts/for_me.html", context)
    response = redirect(meetup)
    response["Location"] += f"#slot{item.pk}"
    return response


def shown(request: HttpRequest, meetup: Meetup, at: datetime) -> dict[str, Any]:
    """For pages with the agenda: whether the reader is asked, and what they said; three queries once it has begun."""
    member = reader(request)
    if member is None or not is_afterwards(meetup, at) or not may_say(member, meetup, at):
        return {}
    return {"may_say": True, "echo": queries.mine(meetup, member)}
