"""Changing and removing what one wrote."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.models import Member
from community.text import diff
from community.verdicts import NotAllowed
from forum.actions import posts
from forum.forms.writing import EditForm
from forum.models import Place, Post
from forum.policies.keeping import may_change
from forum.policies.standing import standing_of
from forum.policies.writing import may_edit, may_remove
from forum.views import preview
from forum.views.drafting import again, offered
from forum.views.frame import CONFLICT, UNPROCESSABLE, kept, let_go, reader, refused, signed_out


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a post; someone who changed it meanwhile is not overwritten."""
    member = reader(request)
    if member is None:
        return signed_out(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    post = _post(request, pk)
    return _change(request, member, post) if request.method == "POST" else _show(request, member, post)


def _show(request: HttpRequest, member: Member, post: Post) -> HttpResponseBase:
    at = timezone.now()
    verdict = may_edit(standing_of(member, post.topic.category.group, at), post, at) and may_change(post.topic)
    if not verdict:
        return refused(request, "forum/refused.html", {"topic": post.topic}, NotAllowed(verdict.reason))
    drafting = offered(member, Place("post", post.pk))
    typed = {"body": post.body, "title": post.topic.title, "version": post.version} | (kept(request) or drafting.typed)
    context: dict[str, Any] = {"post": post, "topic": post.topic, "drafting": drafting}
    if str(typed["version"]) != str(post.version):
        context |= _differences(post, str(typed["body"]), str(typed["title"])) | {"now": post}
        typed["version"] = post.version
    context["form"] = EditForm(initial=typed, with_title=_with_title(member, post))
    return render(request, "forum/edit.html", context)


def _change(request: HttpRequest, member: Member, post: Post) -> HttpResponseBase:
    form = _form(member, post, request.POST)
    drafting = again(request, Place("post", post.pk))
    context: dict[str, Any] = {"post": post, "topic": post.topic, "form": form, "drafting": drafting}
    if preview.wanted(request):
        return preview.again(request, "forum/edit.html", context, lambda data: _form(member, post, data))
    if not form.is_valid():
        return render(request, "forum/edit.html", context, status=UNPROCESSABLE)
    try:
        changed = posts.edit(author=member, post=post, at=timezone.now(), **form.cleaned_data)
    except NotAllowed as error:
        return refused(request, "forum/edit.html", context, error)
    except posts.Overtaken as error:
        return _overtaken(request, member, error.post, form)
    let_go(request)
    return redirect(changed)


def _overtaken(request: HttpRequest, member: Member, now: Post, form: EditForm) -> HttpResponseBase:
    """Both texts, where they differ, and the one just typed ready to be saved on top."""
    data = request.POST.copy()
    data["version"] = str(now.version)
    context: dict[str, Any] = {
        "post": now,
        "topic": now.topic,
        "form": _form(member, now, data),
        "now": now,
        "drafting": again(request, Place("post", now.pk)),
    }
    context |= _differences(now, form.cleaned_data["body"], form.cleaned_data.get("title", ""))
    return render(request, "forum/edit.html", context, status=CONFLICT)


def _form(member: Member, post: Post, data: QueryDict) -> EditForm:
    return EditForm(data, with_title=_with_title(member, post))


def _with_title(member: Member, post: Post) -> bool:
    return post.number == 1 and post.author_id == member.pk


def _differences(now: Post, body: str, title: str) -> dict[str, list[diff.Part]]:
    return {
        "changes": diff.changes(now.body, body),
        "title_changes": diff.changes(now.topic.title, title) if title and now.number == 1 else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask, then take it down."""
    member, at = reader(request), timezone.now()
    post = _post(request, pk)
    if member is None:
        return redirect_to_login(post.get_absolute_url())
    context = {"post": post, "topic": post.topic}
    if request.method != "POST":
        verdict = may_remove(standing_of(member, post.topic.category.group, at), post, post.topic)
        if not verdict:
            return refused(request, "forum/refused.html", context, NotAllowed(verdict.reason))
        return render(request, "forum/remove.html", context)
    try:
        posts.remove(author=member, post=post, at=at)
    except NotAllowed as error:
        return refused(request, "forum/refused.html", context, error)
    if post.number == 1:
        return redirect("forum:put-back", post.pk)
    messages.success(request, "Your post was removed. You can put it back where it stood.")
    return redirect(post)


def _post(request: HttpRequest, pk: int) -> Post:
    rows = Post.objects.visible_to(reader(request)).select_related("topic__category__group", "author")
    return get_object_or_404(rows, pk=pk)
