"""A topic, page by page, and the permanent address of each post."""

from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from community.models import Member
from community.text.excerpt import shorten
from forum import queries
from forum.actions import reading
from forum.forms.writing import ReplyForm
from forum.models import Place, Post, Topic
from forum.policies.keeping import may_close
from forum.policies.solving import may_solve
from forum.policies.standing import Standing, standing_as
from forum.policies.tagging import may_tag
from forum.policies.whispering import may_whisper
from forum.policies.writing import may_reply
from forum.search.similar import related
from forum.views import drawn
from forum.views.drafting import Drafting, offered
from forum.views.frame import reader
from forum.views.linked import linked_data
from live.changes import made_of
from notifications.actions import inbox

TREE, CHOICE = "tree", "thread"
A_YEAR = 31_536_000
FEW = 3
"""So few posts need no second way to be read."""

PageOrTree = queries.Page | queries.Tree


@require_safe
def topic(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """One page of it; having been shown it, a member has read so far."""
    member, at = reader(request), timezone.now()
    mine = queries.mine_in(member, pk)
    found = queries.topic_of(member, pk, mine) if mine else None
    if mine is None or found is None:
        return _lead_on(member, pk, max(_number(request) - 1, 0) * queries.PER_PAGE + 1, or_next=True)
    if slug != (found.slug or "-"):
        query = request.META.get("QUERY_STRING", "")
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    who = standing_as(member, found.category.group, at, role=mine.role, is_judged=mine.is_judged)
    as_tree = _is_tree(request, member)
    page = _page(request, found, member, mine, as_tree=as_tree, governs=who.governs)
    page = queries.with_acts(page, found, member) if isinstance(page, queries.Page) else page
    if member is not None:
        _note(member, found, mine.read_to, page.read_to, at)
    context = _context(found, who, mine, page, as_tree=as_tree)
    page = drawn.with_looks(request, page, who, context, at)
    context |= {"page": page, "stretches": drawn.stretches(page, context["first_new"])}
    if context["may_reply"] and not context["drafting"].draft:
        context["composer"] = drawn.composer(request, page, found)
    response = made_of(render(request, "forum/topic.html", context), f"topic:{found.pk}")
    if member is not None and "as" in request.GET:
        response.set_cookie(CHOICE, TREE if as_tree else "flat", max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


def _note(member: Member, found: Topic, read_to: int, seen_to: int, at: datetime) -> None:
    """They have read so far, and what their inbox says of this topic is read."""
    if seen_to > read_to:
        reading.read_up_to(member=member, topic=found, number=seen_to, at=at)
    inbox.read_subject(member_id=member.pk, subject=f"topic:{found.pk}", at=at)


def _context(found: Topic, who: Standing, mine: queries.Mine, page: PageOrTree, *, as_tree: bool) -> dict[str, Any]:
    place, member = Place("topic", found.pk), who.member
    drafting = offered(member, place) if mine.has_draft else Drafting(place)
    return {
        "topic": found,
        "as_tree": as_tree,
        "category": found.category,
        "group": found.category.group,
        "has_tree": found.post_count > FEW,
        "first_new": mine.read_to + 1 if 0 < mine.read_to < found.last_number and not as_tree else 0,
        "seconds": mine.seconds,
        "may_reply": may_reply(who, found),
        "may_close": may_close(who),
        "may_whisper": may_whisper(who, found),
        "may_solve": may_solve(who, found),
        "may_tag": may_tag(who, found),
        "related": related(found, member) if page.is_last else [],
        "role": who.role,
        "following": queries.following(found, mine),
        "unread_beyond": member is not None and max(page.read_to, mine.read_to) < found.last_shown_number,
        "drafting": drafting,
        "form": ReplyForm(initial=drafting.typed) if drafting.draft else None,
        "canonical": settings.BASE_URL + _address(found, page.number if isinstance(page, queries.Page) else 1),
        "summary": page.rows.once("summary", lambda: _summary(page)),
        "linked_data": mark_safe(page.rows.once("data", lambda: linked_data(found, page))),
    }


@require_safe
def post(request: HttpRequest, pk: int, slug: str, number: int) -> HttpResponseBase:
    """The permanent address of a post leads to its page, with the post marked."""
    member = reader(request)
    found = queries.find(member).filter(pk=pk).first()
    if found is None or not found.posts.filter(number=number).exists():
        return _lead_on(member, pk, number)
    if not 1 <= number <= found.last_number:
        raise Http404("There is no such post in this topic.")
    if _is_tree(request, reader(request)):
        return redirect(f"{found.get_absolute_url()}?from={queries.path_of(found, number)}#p{number}")
    return redirect(f"{_address(found, queries.post_page(number))}#p{number}")


def _lead_on(member: Member | None, pk: int, number: int, *, or_next: bool = False) -> HttpResponseBase:
    """What stood here has moved: for good, to where it stands now."""
    post = queries.moved_post(member, pk, number, or_next=or_next)
    if post is None:
        raise Http404("There is no such topic or post.")
    return redirect(post, permanent=True)


@require_safe
def context(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The post that is answered, to unfold above its answer; without a script it is opened in its place."""
    rows = Post.objects.visible_to(reader(request)).select_related("author", "topic")
    found = get_object_or_404(rows, pk=pk)
    if not getattr(request, "htmx", False):
        return redirect(found)
    return render(request, "forum/parts/context.html", {"post": found})


def _is_tree(request: HttpRequest, member: Member | None) -> bool:
    """A member's choice is remembered on this device; a visitor's stands in the address, for their pages are shared."""
    kept = request.COOKIES.get(CHOICE) if member is not None else None
    return request.GET.get("as", kept) == TREE


def _page(
    request: HttpRequest, found: Topic, member: Member | None, mine: queries.Mine, *, as_tree: bool, governs: bool
) -> PageOrTree:
    if as_tree:
        return queries.tree_of(found, member, mine, request.GET.get("from", ""), governs=governs)
    page = queries.page_of(found, member, mine, _number(request), governs=governs)
    if page is None:
        raise Http404("There is no such page in this topic.")
    return page


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0  # noqa: PLR2004


def _address(found: Topic, page: int) -> str:
    return found.get_absolute_url() + (f"?page={page}" if page > 1 else "")


def _summary(page: PageOrTree) -> str:
    """The first words of the first post, on its page; none of one that was taken down."""
    first = page.rows.posts.get(1)
    is_shown = first is not None and first.hidden_at is None and first.deleted_at is None
    return shorten(unescape(strip_tags(first.body_html))) if first and is_shown else ""
