"""Marking the answer: a button that comes back to the post."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.verdicts import NotAllowed
from community.views.asking import me
from forum.actions import solving
from forum.models import Post
from forum.views.frame import FORBIDDEN


@login_required
@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Post `pk` is the answer; with `solved=0` it no longer is."""
    member, at = me(request), timezone.now()
    post = get_object_or_404(Post.objects.visible_to(member).select_related("topic__category__group"), pk=pk)
    try:
        if request.POST.get("solved") == "0":
            solving.unmark(actor=member, topic=post.topic, at=at)
        else:
            solving.mark(actor=member, post=post, at=at)
    except NotAllowed as error:
        context = {"topic": post.topic, "refusal": error.reason}
        return render(request, "forum/refused.html", context, status=FORBIDDEN)
    return redirect(post)
