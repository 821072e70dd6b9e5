"""Lists of topics: the whole site, one place, one group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Group
from forum import queries
from forum.models import Category
from forum.policies.standing import standing_of
from forum.policies.writing import may_open
from forum.views.frame import reader
from live.changes import made_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The places of the site and the latest talk everywhere the reader may look."""
    member, at = reader(request), timezone.now()
    before = request.GET.get("before", "")
    context = {
        "places": [] if before else queries.places(member),
        "page": queries.lines(member, at=at, before=before),
        "before": before,
    }
    return made_of(render(request, "forum/index.html", context), "forum")


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One place: what is pinned, then the latest."""
    member, at = reader(request), timezone.now()
    rows = Category.objects.visible_to(member).select_related("group")
    place = get_object_or_404(rows, slug=slug)
    before = request.GET.get("before", "")
    who = standing_of(member, place.group, at)
    context = {
        "category": place,
        "group": place.group,
        "pinned": [] if before else queries.pinned(member, place, at=at),
        "page": queries.lines(member, at=at, category=place, before=before),
        "before": before,
        "may_open": may_open(who),
        "role": who.role,
    }
    return made_of(render(request, "forum/category.html", context), f"category:{place.pk}")


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's forum, in the group's frame."""
    member, at = reader(request), timezone.now()
    found = get_object_or_404(Group.objects.visible_to(member), slug=slug)
    before = request.GET.get("before", "")
    places = list(queries.places(member, group=found))
    who = standing_of(member, found, at)
    context = {
        "group": found,
        "places": places,
        "category": places[0] if places else None,
        "page": queries.lines(member, at=at, group=found, before=before),
        "before": before,
        "may_open": may_open(who),
        "role": who.role,
    }
    return made_of(render(request, "forum/group.html", context), f"group:{found.pk}")
