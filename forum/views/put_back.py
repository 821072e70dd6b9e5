"""Undoing a removal."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.verdicts import NotAllowed
from forum.actions import undo
from forum.models import Post
from forum.views.frame import reader, refused


@require_http_methods(["GET", "HEAD", "POST"])
def put_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was removed, with the one button that undoes it; a topic that went along has no other page."""
    member = reader(request)
    if member is None:
        return redirect_to_login(request.get_full_path())
    rows = Post.objects.select_related("topic__category__group", "author")
    if request.method == "POST" and (there := rows.visible_to(member).filter(pk=pk).first()):
        return redirect(there)
    post = get_object_or_404(rows.removed_for(member), pk=pk)
    if request.method != "POST":
        return render(request, "forum/put_back.html", {"post": post, "topic": post.topic})
    try:
        undo.put_back(actor=member, post=post, at=timezone.now())
    except NotAllowed as error:
        return refused(request, "forum/put_back.html", {"post": post, "topic": post.topic}, error)
    messages.success(request, "It is back where it stood.")
    return redirect(post)
