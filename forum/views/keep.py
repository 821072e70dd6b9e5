"""Closing and pinning: each a button that comes back to where it was."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.verdicts import NotAllowed
from forum import queries
from forum.actions import topics
from forum.models import Topic
from forum.views.frame import FORBIDDEN, reader


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close, or open again (`closed=0`)."""
    topic, member = _topic(request, pk), reader(request)
    if member is None:
        raise Http404
    act = topics.reopen if request.POST.get("closed") == "0" else topics.close
    try:
        act(actor=member, topic=topic, at=timezone.now())
    except NotAllowed as error:
        return _no(request, topic, error)
    return redirect(topic)


@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pin, or let go (`pinned=0`)."""
    topic, member = _topic(request, pk), reader(request)
    if member is None:
        raise Http404
    try:
        topics.pin(actor=member, topic=topic, is_pinned=request.POST.get("pinned") != "0", at=timezone.now())
    except NotAllowed as error:
        return _no(request, topic, error)
    return redirect(topic)


def _topic(request: HttpRequest, pk: int) -> Topic:
    return get_object_or_404(queries.find(reader(request)), pk=pk)


def _no(request: HttpRequest, topic: Topic, error: NotAllowed) -> HttpResponseBase:
    return render(request, "forum/refused.html", {"topic": topic, "refusal": error.reason}, status=FORBIDDEN)
