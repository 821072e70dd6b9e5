"""What a post said before, for everyone who may read the post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.text.numbers import whole
from forum.models import Post
from forum.policies.standing import standing_of
from forum.queries.history import history as history_of
from forum.views.frame import reader


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change since the first minutes; search engines keep to the post itself."""
    rows = Post.objects.visible_to(reader(request)).select_related("topic__category__group", "author")
    post = get_object_or_404(rows, pk=pk)
    asked, member = whole(request.GET.get("before", "")) or 0, reader(request)
    governs = standing_of(member, post.topic.category.group, timezone.now()).governs
    page = history_of(post, member, governs=governs, before=asked)
    context = {"post": post, "topic": post.topic, "page": page, "before": asked, "governs": governs}
    response = render(request, "forum/history.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
