"""A room's own page for those who look after it."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chat import queries
from chat.actions import care
from chat.forms import HoursForm, KeepForm, OpenForm, PaceForm, SilenceForm
from chat.models import Room
from chat.policies.rooms import may_care, may_open_room
from chat.views.rooms import find, reader
from community.models import Group, Member
from community.verdicts import NotAllowed


@login_required
@require_http_methods(["GET", "POST"])
def open_room(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Open another room in a group."""
    member = reader(request)
    group = get_object_or_404(Group.objects.visible_to(member), slug=slug)
    if not (verdict := may_open_room(member, group)):
        raise PermissionDenied(verdict.reason)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        title = form.cleaned_data["title"]
        return redirect(care.open_beside(actor=member, group=group, title=title, at=timezone.now()))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "chat/open.html", {"group": group, "form": form}, status=status)


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pace, silence, closing."""
    return _page(request, _cared_for(request, pk), {})


@login_required
@require_POST
def pace(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Slow it down, or not."""
    room, form = _cared_for(request, pk), PaceForm(request.POST)
    if not form.is_valid():
        return _page(request, room, {"pace": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    seconds = form.cleaned_data["seconds"]
    return _done(
        request, room, lambda: care.set_pace(actor=reader(request), room=room, seconds=seconds, at=timezone.now())
    )


@login_required
@require_POST
def hours(request: HttpRequest, pk: int) -> HttpResponseBase:
    """From when and until when."""
    room = _cared_for(request, pk)
    with timezone.override(room.group.time_zone):
        form = HoursForm(request.POST)
        if not form.is_valid():
            return _page(request, room, {"hours": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    return _done(request, room, lambda: care.set_hours(actor=reader(request), room=room, at=timezone.now(), **given))


@login_required
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How long what was said is kept."""
    room, form = _cared_for(request, pk), KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, room, {"keep": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    days = form.cleaned_data["keep_days"]
    return _done(
        request, room, lambda: care.set_keeping(actor=reader(request), room=room, keep_days=days, at=timezone.now())
    )


@login_required
@require_POST
def silence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask someone to listen for a while."""
    room, form = _cared_for(request, pk), SilenceForm(request.POST)
    if form.is_valid():
        asked = queries.in_room(room, form.cleaned_data["handle"])
        if asked is not None:
            lasts, why = timedelta(minutes=form.cleaned_data["minutes"]), form.cleaned_data["why"]
            actor = reader(request)
            return _done(
                request,
                room,
                lambda: care.silence(actor=actor, room=room, member=asked, lasts=lasts, why=why, at=timezone.now()),
            )
        form.add_error("handle", "Nobody of that handle is in this room.")
    return _page(request, room, {"silence": form}, HTTPStatus.UNPROCESSABLE_ENTITY)


@login_required
@require_POST
def heard(request: HttpRequest, pk: int, member: int) -> HttpResponseBase:
    """Let someone speak again."""
    room = _cared_for(request, pk)
    asked = get_object_or_404(Member, pk=member, seats__room=room)
    actor = reader(request)
    return _done(request, room, lambda: care.end_silence(actor=actor, room=room, member=asked, at=timezone.now()))


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read-only from now on, or open again."""
    room, is_closed = _cared_for(request, pk), request.POST.get("on", "yes") == "yes"
    return _done(
        request, room, lambda: care.set_closed(actor=reader(request), room=room, is_closed=is_closed, at=timezone.now())
    )


def _cared_for(request: HttpRequest, pk: int) -> Room:
    room = find(request, pk)
    if not may_care(reader(request), room):
        raise Http404
    return room


def _page(request: HttpRequest, room: Room, forms_: dict[str, forms.Form], status: int = 200) -> HttpResponseBase:
    context: dict[str, Any] = {
        "room": room,
        "pace": PaceForm(initial={"seconds": room.slow_seconds}),
        "hours": HoursForm(initial={"opens_at": room.opens_at, "closes_at": room.closed_at}),
        "is_closed": room.closed_at is not None and room.closed_at <= timezone.now(),
        "keep": KeepForm(initial={"keep_days": room.keep_days or ""}),
        "silence": SilenceForm(),
        "silenced": queries.silenced(room, timezone.now()),
    }
    with timezone.override(room.group.time_zone):
        return render(request, "chat/care.html", context | forms_, status=status)


def _done(request: HttpRequest, room: Room, verb: Callable[[], None]) -> HttpResponseBase:
    try:
        verb()
    except NotAllowed as error:
        toasts.error(request, error.reason)
    return redirect("chat:care", room.pk)
