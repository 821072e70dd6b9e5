"""Closing, pinning, following, and "mark all read": each a button that comes back to where it was."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from community.verdicts import NotAllowed
from forum import queries
from forum.actions import reading, topics
from forum.forms.writing import LevelForm
from forum.models import Reading, Topic
from forum.views.frame import FORBIDDEN, reader

_FOLLOWED = {
    Reading.Level.WATCHING: "You will hear of every reply.",
    Reading.Level.TRACKING: "New replies are counted for you.",
    Reading.Level.NORMAL: "You will hear only when someone calls you in.",
    Reading.Level.MUTED: "You will hear nothing of this topic.",
}


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


@login_required
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Choose how closely to follow a topic."""
    topic, member = _topic(request, pk), reader(request)
    form = LevelForm(request.POST)
    if member is not None and form.is_valid():
        level = Reading.Level(form.cleaned_data["level"])
        reading.follow(member=member, topic=topic, level=level, at=timezone.now())
        messages.success(request, _FOLLOWED[level])
    return redirect(topic)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Nothing is new any more."""
    member = reader(request)
    if member is not None:
        reading.mark_all_read(member=member, at=timezone.now())
        messages.success(request, "Everything is marked as read.")
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if back and here else "forum:index")


def _topic(request: HttpRequest, pk: int) -> Topic:
    return get_object_or_404(queries.find(reader(request)), pk=pk)


def _no(request: HttpRequest, topic: Topic, error: NotAllowed) -> HttpResponseBase:
    return render(request, "forum/refused.html", {"topic": topic, "refusal": error.reason}, status=FORBIDDEN)
