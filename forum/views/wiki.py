"""Making a post a wiki, and taking that back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.verdicts import NotAllowed
from forum.actions import wiki as wikis
from forum.models import Post
from forum.views.frame import reader, refused

_SAID = {
    True: "Whoever writes here may now improve this post. Each change is kept.",
    False: "Only its author changes this post again.",
}


@login_required
@require_POST
def wiki(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`wiki=1` or `wiki=0`."""
    member = reader(request)
    rows = Post.objects.visible_to(member).select_related("topic__category__group", "author")
    post, is_wiki = get_object_or_404(rows, pk=pk), request.POST.get("wiki") != "0"
    try:
        if member is not None:
            wikis.mark(actor=member, post=post, is_wiki=is_wiki, at=timezone.now())
    except NotAllowed as error:
        return refused(request, "forum/refused.html", {"topic": post.topic}, error)
    messages.success(request, _SAID[is_wiki])
    return redirect(post)
