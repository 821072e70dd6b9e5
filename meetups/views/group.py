"""A group's evenings, and words to invite people with."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from live.changes import made_of
from meetups import policies
from meetups.ical import subscribing
from meetups.queries import evenings
from meetups.text import invitation
from meetups.views.finding import group_or_404, reader


@require_safe
def meetups(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to come, with one's own answers, and what was."""
    group = group_or_404(request, slug)
    at, member = timezone.now(), reader(request)
    role, year = policies.role_of(member, group), evenings.year_of(group, member, at)
    context = {
        "group": group,
        "role": role,
        "year": year,
        "rhythms": evenings.rhythms_of(group, member, at),
        "may_run": policies.may_run(member, group, role),
        "subscribe": subscribing.ways(settings.BASE_URL + reverse("meetups:group-ics", args=[group.slug]), group.name),
    }
    response = render(request, "meetups/group.html", context)
    return made_of(
        response, f"group:{group.pk}", f"calendar:{group.pk}", turns=[each.meetup.ends_at for each in year.coming]
    )


@login_required
@require_safe
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """The page is live: words to send round."""
    group = group_or_404(request, slug)
    coming = evenings.upcoming_of(group, timezone.now(), 1)
    rhythm = next((each.words for each in evenings.rhythms_of(group, None, timezone.now())), "")
    link = settings.BASE_URL + group.get_absolute_url()
    context = {
        "group": group,
        "next": coming[0] if coming else None,
        "rhythm": rhythm,
        "letter": invitation(group, coming[0] if coming else None, rhythm, link),
        "link": link,
    }
    return render(request, "meetups/invite.html", context)
