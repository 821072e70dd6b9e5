"""A group's front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.queries import groups as queries
from cms.views.answering import answering
from community.models import Group
from live.changes import made_of


@require_GET
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """How alive it is, the next evening, the talk, the people; a closed group stays readable by its address."""
    member = request.user if request.user.is_authenticated else None
    found = get_object_or_404(Group.objects.select_related("picture"), slug=slug)
    at = timezone.now()
    front = queries.front(found, member, at)
    context = {"group": found, "front": front, "role": front.role, "labels": front.labels}
    context |= answering(front.evening, at)
    parts = f"group:{found.pk}", f"calendar:{found.pk}", "sponsors"
    turns = [turn for each in front.evenings for turn in (each.starts_at, each.ends_at, each.answers_close_at)]
    return made_of(render(request, "cms/group.html", context), *parts, turns=turns)
