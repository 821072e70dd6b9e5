"""A reply: on a page of its own, or in place."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.models import Member
from community.text.numbers import whole
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import posts, writing
from forum.forms.writing import ReplyForm
from forum.models import Place, Post, Topic
from forum.policies.standing import standing_of
from forum.policies.writing import may_reply
from forum.text.quotes import quote
from forum.views import preview
from forum.views.drafting import again, offered
from forum.views.frame import (
    CONFLICT,
    FORBIDDEN,
    SENT_BEFORE,
    UNPROCESSABLE,
    kept,
    let_go,
    reader,
    refused,
    resent,
    sent_before,
    signed_out,
)

TEMPLATE = "forum/reply.html"


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`?to=` answers a post, `?quote=` quotes it (or the `part` of it that was marked); htmx gets the form alone."""
    member = reader(request)
    if member is None:
        return signed_out(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    mine = queries.mine_in(member, pk)
    if mine and request.method == "POST" and (topic := queries.topic_as_read(member, pk, mine)):
        return _send(request, member, topic, mine)
    if mine and (topic := queries.topic_of(member, pk, mine)):
        return _show(request, member, topic)
    raise Http404("There is no such topic.")


def _show(request: HttpRequest, member: Member, topic: Topic) -> HttpResponseBase:
    drafting = offered(member, Place("topic", topic.pk))
    typed = kept(request) or drafting.typed
    asked = request.GET.get("to", "") or request.GET.get("quote", "")
    answers = _answered(topic, member, asked or typed.get("answers", ""))
    quoted = quote(answers, request.GET.get("part", "")) if answers and "quote" in request.GET else ""
    body = "\n\n".join(text for text in (typed.get("body", ""), quoted) if text)
    form = ReplyForm(initial={**typed, "answers": answers.number if answers else None, "body": body})
    verdict = may_reply(standing_of(member, topic.category.group, timezone.now()), topic)
    context = {"topic": topic, "form": form, "answers": answers, "refusal": verdict.reason, "drafting": drafting}
    if getattr(request, "htmx", False):
        return render(request, "forum/parts/reply_inline.html", context)
    return render(request, TEMPLATE, context, status=200 if verdict else FORBIDDEN)


def _send(request: HttpRequest, member: Member, topic: Topic, mine: queries.Mine) -> HttpResponseBase:
    form = ReplyForm(request.POST)
    answers = _answered(topic, member, request.POST.get("answers", ""))
    drafting = again(request, Place("topic", topic.pk))
    context: dict[str, Any] = {"topic": topic, "form": form, "answers": answers, "drafting": drafting}
    if preview.wanted(request):
        return preview.again(request, TEMPLATE, context, ReplyForm)
    if not form.is_valid():
        return render(request, TEMPLATE, context, status=UNPROCESSABLE)
    body, client_key = form.cleaned_data["body"], form.cleaned_data["client_key"]
    try:
        post = posts.reply(
            author=member,
            topic=topic,
            body=body,
            answers=answers,
            client_key=client_key,
            at=timezone.now(),
            read=mine,
        )
    except NotAllowed as error:
        status = CONFLICT if isinstance(error, posts.Closed) else FORBIDDEN
        return refused(request, TEMPLATE, context, error, status=status)
    except writing.Reused as error:
        context |= {"form": ReplyForm(resent(request)), "sent": error.post}
        return sent_before(request, TEMPLATE, context, NotAllowed(SENT_BEFORE))
    let_go(request)
    return redirect(post)


def _answered(topic: Topic, member: Member | None, number: str) -> Post | None:
    if (asked := whole(number)) is None:
        return None
    seen = Post.objects.visible_to(member).filter(topic=topic, number=asked)
    return seen.select_related("author", "topic").first()
