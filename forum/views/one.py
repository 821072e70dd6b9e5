"""One post by its id, as its topic shows it: what an open page fetches when a hint says that it was written."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forum import queries
from forum.actions import reading
from forum.models import Post
from forum.policies.solving import may_solve
from forum.policies.standing import standing_of
from forum.policies.whispering import may_whisper
from forum.policies.writing import may_edit, may_make_wiki, may_remove, may_reply
from forum.queries.thread import described, with_authors
from forum.views.answers import with_answers
from forum.views.frame import reader


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The post and what may be done with it, for those who may see it; a person is led to where it stands."""
    member, at = reader(request), timezone.now()
    post = get_object_or_404(Post.objects.visible_to(member).select_related("topic"), pk=pk)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(post)
    topic = get_object_or_404(queries.find(member), pk=post.topic_id)
    who = standing_of(member, topic.category.group, at)
    rows = with_authors(Post.objects.filter(pk=pk), member)
    (entry,), _ = described(topic, member, rows, [post.number], governs=who.governs)
    if entry.post is None:
        return redirect(post)
    entry = replace(
        entry,
        may_edit=bool(may_edit(who, entry.post, at)),
        may_remove=bool(may_remove(who, entry.post, topic)),
        may_make_wiki=bool(may_make_wiki(who, entry.post)),
    )
    (entry,) = with_answers(queries.Page(1, 1, [entry]), who, at).entries
    if member is not None and post.number == (getattr(topic, "read_to", None) or 0) + 1:
        reading.read_up_to(member=member, topic=topic, number=post.number, at=at)
    context = {
        "entry": entry,
        "post": entry.post,
        "topic": topic,
        "may_reply": may_reply(who, topic),
        "may_solve": may_solve(who, topic),
        "may_whisper": may_whisper(who, topic),
    }
    return render(request, "forum/parts/post.html", context)
