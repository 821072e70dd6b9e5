"""Bookmarks: the list, keeping a post, letting it go."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import bookmarks
from forum.forms.bookmarks import BookmarkForm
from forum.models import Bookmark, Post
from forum.queries.bookmarks import kept_by
from forum.views.frame import FORBIDDEN, UNPROCESSABLE, reader
from forum.views.pace import at_most


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """All that the member keeps."""
    before = request.GET.get("before", "")
    page = kept_by(_member(request), before=before)
    return render(request, "forum/bookmarks.html", {"page": page, "before": before})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(60, "mark")
def keep(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep a post, or change what one noted about it."""
    member, post = _member(request), _post(request, pk)
    kept = Bookmark.objects.filter(member=member, post=post).first()
    context: dict[str, Any] = {"post": post, "topic": post.topic, "kept": kept}
    if request.method != "POST":
        day = timezone.localdate(kept.remind_at) if kept and kept.remind_at and not kept.reminded_at else None
        form = BookmarkForm(initial={"note": kept.note if kept else "", "remind_on": day})
        return render(request, "forum/bookmark.html", {**context, "form": form})
    form = BookmarkForm(request.POST)
    if not form.is_valid():
        return render(request, "forum/bookmark.html", {**context, "form": form}, status=UNPROCESSABLE)
    note, remind_at = form.cleaned_data["note"], form.cleaned_data["remind_on"]
    try:
        bookmarks.keep(member=member, post=post, note=note, remind_at=remind_at, at=timezone.now())
    except NotAllowed as error:
        context |= {"form": form, "refusal": error.reason}
        return render(request, "forum/bookmark.html", context, status=FORBIDDEN)
    messages.success(request, "Kept. You find it under Bookmarks in the forum.")
    return redirect(post)


@login_required
@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep it no longer; also what one may not see any more."""
    post = get_object_or_404(Post, pk=pk, bookmarks__member=_member(request))
    bookmarks.let_go(member=_member(request), post=post)
    messages.success(request, "Let go.")
    return redirect("forum:bookmarks")


def _member(request: HttpRequest) -> Member:
    member = reader(request)
    if member is None:
        raise Http404
    return member


def _post(request: HttpRequest, pk: int) -> Post:
    rows = Post.objects.visible_to(reader(request)).select_related("topic__category__group", "author")
    return get_object_or_404(rows, pk=pk)
