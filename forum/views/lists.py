"""Lists of topics: the whole site, one place, one group."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Group, Member
from forum import queries
from forum.models import Category, Tally
from forum.policies.places import may_begin_in
from forum.policies.standing import standing_of
from forum.policies.writing import may_open
from forum.queries.tabs import MEMBERS_ONLY
from forum.views.frame import reader
from live.changes import EVERYTHING, made_of
from live.kept import Kept


@dataclass(frozen=True, slots=True)
class Front:
    """The front of the forum as it is drawn for one reader, and the cursors that machines are told of."""

    main: str
    older: str
    before: str


_fronts: Kept[Front] = Kept(most=1_000)


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The places of the site and the latest talk everywhere the reader may look."""
    member, at = reader(request), timezone.now()
    if member is None and _view(request) in MEMBERS_ONLY:
        return redirect_to_login(request.get_full_path())
    if member is None or request.GET:
        front = _front(request, member, at)
    else:
        # Nothing is asked but this: the newest page, on this reader's clock, with their own marks.
        key = member.pk, member.is_moderator, timezone.get_current_timezone_name()
        parts = EVERYTHING, "forum", queries.part(member.pk)
        front = _fronts.get(key, parts, lambda: _front(request, member, at))
    return made_of(
        render(request, "forum/index.html", {"main": front.main, "page": front, "before": front.before}), "forum"
    )


def _front(request: HttpRequest, member: Member | None, at: datetime) -> Front:
    context = _listing(request, member, at, topic_count=queries.topic_count(member))
    places = [] if context["before"] else queries.places(member)
    context["places"] = queries.with_waiting(places, context["waiting"])
    is_front = context["view"] == queries.View.LATEST and not context["before"]
    context["pinned"] = queries.pinned_everywhere(member, at=at) if is_front else []
    main = render_to_string("forum/parts/front.html", context, request)
    return Front(main, context["page"].older, context["before"])


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One place: what is pinned, then the latest."""
    member, at = reader(request), timezone.now()
    rows = Category.objects.visible_to(member).select_related("group")
    place = get_object_or_404(rows, slug=slug)
    if member is None and _view(request) in MEMBERS_ONLY:
        return redirect_to_login(request.get_full_path())
    who = standing_of(member, place.group, at)
    context = _listing(request, member, at, topic_count=place.topic_count, category=place)
    is_front = context["view"] == queries.View.LATEST and not context["before"]
    context |= {
        "category": place,
        "group": place.group,
        "pinned": queries.pinned(member, place, at=at) if is_front else [],
        "may_open": may_begin_in(place) and may_open(who),
        "following": queries.of_place(member, place, role=who.role),
        "role": who.role,
    }
    return made_of(render(request, "forum/category.html", context), f"category:{place.pk}")


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A group's forum, in the group's frame."""
    member, at = reader(request), timezone.now()
    found = get_object_or_404(Group.objects.visible_to(member), slug=slug)
    if member is None and _view(request) in MEMBERS_ONLY:
        return redirect_to_login(request.get_full_path())
    places = list(queries.places(member, group=found))
    who = standing_of(member, found, at)
    context = _listing(request, member, at, topic_count=sum(each.topic_count for each in places), group=found)
    context |= {
        "group": found,
        "places": queries.with_waiting(places, context["waiting"]),
        "category": places[0] if places else None,
        "may_open": may_open(who),
        "following": queries.of_place(member, found, role=who.role),
        "role": who.role,
    }
    return made_of(render(request, "forum/group.html", context), f"group:{found.pk}")


def _listing(
    request: HttpRequest, member: Member | None, at: datetime, *, topic_count: int, **place: Any
) -> dict[str, Any]:
    """What every list shows: its page, its tabs, and where in it the reader is."""
    view, span, before = _view(request), _span(request), request.GET.get("before", "")
    waiting = queries.waiting_in(member, at=at, **place) if member else {}
    page = queries.lines(
        member, at=at, before=before, view=view, span=span, with_pinned=view != queries.View.LATEST, **place
    )
    return {
        "view": view,
        "span": span,
        "spans": Tally.Span,
        "before": before,
        "page": page,
        "waiting": waiting,
        "waiting_total": sum(sum(each) for each in waiting.values()),
        "tabs": queries.tabs(member, here=view, topic_count=topic_count, waiting=waiting),
    }


def _view(request: HttpRequest) -> queries.View:
    try:
        return queries.View(request.GET.get("view", queries.View.LATEST))
    except ValueError as error:
        raise Http404("There is no such list.") from error


def _span(request: HttpRequest) -> Tally.Span:
    asked = request.GET.get("span", "")
    return Tally.Span(asked) if asked in Tally.Span.values else Tally.Span.WEEK
