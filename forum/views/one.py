"""One post by its id, as its topic shows it: what an open page fetches when a hint says that it was written."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from forum import queries
from forum.actions import reading
from forum.models import Post
from forum.policies.solving import may_solve
from forum.policies.standing import standing_as
from forum.policies.whispering import may_whisper
from forum.policies.writing import may_reply
from forum.views import drawn
from forum.views.frame import reader


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The post and what may be done with it, for those who may see it; a person is led to where it stands."""
    member, at = reader(request), timezone.now()
    post = get_object_or_404(Post.objects.visible_to(member).select_related("topic"), pk=pk)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(post)
    mine = queries.mine_in(member, post.topic_id)
    topic = queries.topic_of(member, post.topic_id, mine) if mine else None
    if mine is None or topic is None:
        return redirect(post)
    who = standing_as(member, topic.category.group, at, role=mine.role, is_judged=mine.is_judged)
    page = queries.one_post(topic, member, mine, post.number, governs=who.governs)
    context = {
        "topic": topic,
        "as_tree": False,
        "may_reply": may_reply(who, topic),
        "may_solve": may_solve(who, topic),
        "may_whisper": may_whisper(who, topic),
    }
    (entry,) = drawn.with_looks(request, page, who, context, at).entries
    if entry.post is None:
        return redirect(post)
    if member is not None and post.number == mine.read_to + 1:
        reading.read_up_to(member=member, topic=topic, number=post.number, at=at)
    return HttpResponse(entry.drawn)
