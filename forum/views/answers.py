"""Answers without a post: reactions and votes, each a button that comes back to where it was."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.models import Member
from community.text.numbers import whole
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import reactions, votes
from forum.forms.polls import Unfit, chosen
from forum.models import Option, Poll, Post, Reaction, Topic
from forum.policies.answering import is_closed, may_see_results, may_vote
from forum.policies.keeping import may_change
from forum.policies.standing import Standing
from forum.queries import polls as poll_queries
from forum.queries import reactions as reaction_queries
from forum.views.frame import FORBIDDEN, TOO_MANY, UNPROCESSABLE, reader
from forum.views.pace import at_most

PageOrTree = queries.Page | queries.Tree


def stands_on(page: PageOrTree, topic: Topic, who: Standing, at: datetime) -> dict[int, poll_queries.Stand]:
    """How the polls of a page of a `topic` stand, as this reader may see it, by post; no query where there are none."""
    found = poll_queries.stands([entry.post for entry in page.entries if entry.post], who.member)
    return {pk: _allowed(stand, topic, who, at) for pk, stand in found.items()}


@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say it (`kind`), or take it back (`on=0`); htmx gets the line under the post."""
    member, post = reader(request), _post(request, pk)
    if member is None:
        return redirect_to_login(post.get_absolute_url())
    kind, is_on = request.POST.get("kind", ""), request.POST.get("on") != "0"
    if kind not in Reaction.Kind.values:
        raise Http404
    try:
        post = reactions.react(member=member, post=post, kind=kind, is_on=is_on, at=timezone.now())
    except NotAllowed as error:
        return _no(request, post, error)
    if getattr(request, "htmx", False):
        chips = reaction_queries.chips(post, queries.own_on(member, [post.pk]).said)
        return render(request, "forum/parts/reactions.html", {"post": post, "chips": chips, "may_react": True})
    return redirect(post)


@require_safe
def reacted(request: HttpRequest, pk: int) -> HttpResponse:
    """Who said what to a post."""
    post = _post(request, pk)
    return render(request, "forum/reactions.html", {"post": post, "said": reaction_queries.who(post)})


@require_POST
@at_most(60, "mark")
def vote(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Cast, change (`option`, `place-…`) or take back (`back`) a vote."""
    member, poll = reader(request), _poll(request, pk)
    if member is None:
        return redirect_to_login(poll.post.get_absolute_url())
    try:
        options = chosen(poll, list(Option.objects.filter(poll=poll)), dict(request.POST.lists()))
        votes.vote(member=member, poll=poll, options=options, at=timezone.now())
    except Unfit as error:
        return _again(request, poll, member, str(error))
    except NotAllowed as error:
        return _no(request, poll.post, error)
    else:
        messages.success(request, "Your vote counts." if options else "Your vote is taken back.")
    return redirect(poll.post)


@require_safe
def voted(request: HttpRequest, pk: int) -> HttpResponse:
    """Who chose what, in an open poll, for those who may see how it stands; of a secret one there is no such page."""
    poll, member, at = _poll(request, pk), reader(request), timezone.now()
    stand = poll_queries.stands([poll.post], member)[poll.post_id]
    if poll.is_secret or not may_see_results(poll, at, has_voted=stand.has_voted):
        raise Http404
    return render(request, "forum/voted.html", {"poll": poll, "post": poll.post, "said": poll_queries.who(poll)})


def _allowed(stand: poll_queries.Stand, topic: Topic, who: Standing, at: datetime) -> poll_queries.Stand:
    return replace(
        stand,
        may_vote=may_vote(who, stand.poll, at) and may_change(topic),
        results=may_see_results(stand.poll, at, has_voted=stand.has_voted),
        is_closed=is_closed(stand.poll, at),
    )


def _post(request: HttpRequest, pk: int) -> Post:
    rows = Post.objects.visible_to(reader(request)).select_related("topic__category__group", "author")
    return get_object_or_404(rows, pk=pk)


def _poll(request: HttpRequest, pk: int) -> Poll:
    seen = Post.objects.visible_to(reader(request))
    rows = Poll.objects.filter(post__in=seen).select_related("post__topic__category__group", "post__author")
    return get_object_or_404(rows, pk=pk)


def _again(request: HttpRequest, poll: Poll, member: Member, why: str) -> HttpResponse:
    """The ballot as it was filled in, with what is wrong."""
    stand = poll_queries.stands([poll.post], member)[poll.post_id]
    placed = {each.option.pk: whole(request.POST.get(f"place-{each.option.pk}", "")) for each in stand.lines}
    stand = replace(stand, lines=[replace(each, rank=placed[each.option.pk]) for each in stand.lines])
    context = {"poll": poll, "stand": stand, "topic": poll.post.topic, "refusal": why}
    return render(request, "forum/ballot_again.html", context, status=UNPROCESSABLE)


def _no(request: HttpRequest, post: Post, error: NotAllowed) -> HttpResponse:
    context: dict[str, Any] = {"topic": post.topic, "refusal": error.reason}
    answer = render(request, "forum/refused.html", context, status=TOO_MANY if error.retry_after else FORBIDDEN)
    if error.retry_after:
        answer["Retry-After"] = str(error.retry_after)
    return answer
