"""Looking after a topic as a whole: archive, pace, pins, another place, joined to another."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.text.numbers import whole
from community.verdicts import NotAllowed
from community.views.asking import me
from forum import queries
from forum.actions import keeping, moving
from forum.forms.tending import JoinForm, PaceForm, SplitForm, WhereForm
from forum.models import Topic
from forum.policies.keeping import may_close, may_pin_everywhere
from forum.policies.standing import standing_of
from forum.views.frame import UNPROCESSABLE

LARGEST_PAGE = 10**8
"""No topic has as many pages; its posts still have numbers that a row holds."""


@login_required
@require_safe
def tend(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that can be done with it, on one page."""
    return _page(request, _topic(request, pk))


@login_required
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Into the archive, or out of it (`archived=0`)."""
    topic = _topic(request, pk)
    act = keeping.unarchive if request.POST.get("archived") == "0" else keeping.archive
    act(actor=me(request), topic=topic, at=timezone.now())
    return redirect(topic)


@login_required
@require_POST
def pin_everywhere(request: HttpRequest, pk: int) -> HttpResponseBase:
    """On top of the whole forum, or not (`pinned=0`)."""
    topic, is_pinned = _topic(request, pk), request.POST.get("pinned") != "0"
    try:
        keeping.pin_everywhere(actor=me(request), topic=topic, is_pinned=is_pinned, at=timezone.now())
    except NotAllowed as error:
        raise PermissionDenied(error.reason) from error
    return redirect(topic)


@login_required
@require_POST
def slow(request: HttpRequest, pk: int) -> HttpResponseBase:
    """At another pace."""
    topic, form = _topic(request, pk), PaceForm(request.POST)
    if not form.is_valid():
        return _page(request, topic, pace=form)
    keeping.slow_down(actor=me(request), topic=topic, at=timezone.now(), **form.cleaned_data)
    return redirect(topic)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To another place."""
    topic = _topic(request, pk)
    form = WhereForm(request.POST, places=queries.tended(me(request)))
    if form.is_valid():
        try:
            moving.move(actor=me(request), topic=topic, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("place", error.reason)
        else:
            return redirect(topic)
    return _page(request, topic, where=form)


@login_required
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Join it to another one."""
    topic = _topic(request, pk)
    form = JoinForm(request.POST, topics=queries.find(me(request)))
    if form.is_valid():
        try:
            into = moving.merge(actor=me(request), topic=topic, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error("into", error.reason)
        else:
            return redirect(into)
    return _page(request, topic, join=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Choose posts, page by page (`?page=`), and name the topic they become."""
    topic, member = _topic(request, pk), me(request)
    number = whole(request.GET.get("page", ""), most=LARGEST_PAGE) or 1
    mine = queries.mine_in(member, pk)
    page = mine and (
        queries.page_of(topic, member, mine, number, governs=True)
        or queries.page_of(topic, member, mine, 1, governs=True)
    )
    entries = [entry for entry in page.entries if entry.post and entry.number > 1] if page else []
    form = SplitForm(
        request.POST or None,
        numbers=[entry.number for entry in entries],
        places=queries.tended(member),
        initial={"place": topic.category},
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if facts.pop("onwards"):
            facts["numbers"] += queries.numbers_after(topic, max(facts["numbers"]))
        try:
            new = moving.split(actor=member, topic=topic, at=timezone.now(), **facts)
        except NotAllowed as error:
            form.add_error(None, error.reason)
        else:
            return redirect(new)
    context = {"topic": topic, "form": form, "page": page, "entries": entries}
    return render(request, "forum/split.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _topic(request: HttpRequest, pk: int) -> Topic:
    topic = get_object_or_404(queries.find(me(request)), pk=pk)
    if not (verdict := may_close(standing_of(me(request), topic.category.group, timezone.now()))):
        raise PermissionDenied(verdict.reason)
    return topic


def _page(request: HttpRequest, topic: Topic, **forms: Any) -> HttpResponseBase:
    member = me(request)
    context = {
        "topic": topic,
        "pace": PaceForm(initial={"seconds": topic.slow_seconds}),
        "where": WhereForm(places=queries.tended(member).exclude(pk=topic.category_id)),
        "join": JoinForm(topics=queries.find(member)),
        "may_pin_everywhere": may_pin_everywhere(standing_of(member, topic.category.group, timezone.now())),
    }
    return render(request, "forum/tend.html", {**context, **forms}, status=UNPROCESSABLE if forms else 200)
