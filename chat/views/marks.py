"""One message by itself: react, keep, pin; and all that one keeps. Works without a script."""

from collections.abc import Callable

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from chat import queries
from chat.actions import marks
from chat.models import FACES, Message, Reaction, Room
from chat.policies.rooms import may_care
from chat.text import lines
from chat.views.rooms import find, reader
from community.verdicts import NotAllowed


@login_required
@require_GET
def message(request: HttpRequest, pk: int, seq: int) -> HttpResponseBase:
    """The message, and what one can do with it."""
    room, found = _one(request, pk, seq)
    member = reader(request)
    mine = {each.face for each in found.reactions.all() if each.member_id == member.pk}
    context = {
        "room": room,
        "zone": room.group.time_zone,
        "message": found,
        "label": lines.labels_of([found], room.group).get(found.author_id),
        "faces": lines.faces_of(found),
        "palette": [(face.value, FACES[face], face.label, face.value in mine) for face in Reaction.Face],
        "is_starred": found.stars.filter(member=member).exists(),
        "may_care": may_care(member, room),
    }
    return render(request, "chat/message.html", context)


@login_required
@require_POST
def react(request: HttpRequest, pk: int, seq: int) -> HttpResponseBase:
    """Put a face under it, or take it away."""
    _, found = _one(request, pk, seq)
    face, is_on = request.POST.get("face", ""), _is_on(request)
    if face not in Reaction.Face.values:
        raise Http404
    return _done(
        request,
        found,
        lambda: marks.react(member=reader(request), message=found, face=face, is_on=is_on, at=timezone.now()),
    )


@login_required
@require_POST
def pin(request: HttpRequest, pk: int, seq: int) -> HttpResponseBase:
    """Keep it in sight for everyone, or let it go."""
    _, found = _one(request, pk, seq)
    is_on = _is_on(request)
    return _done(
        request, found, lambda: marks.pin(actor=reader(request), message=found, is_pinned=is_on, at=timezone.now())
    )


@login_required
@require_POST
def star(request: HttpRequest, pk: int, seq: int) -> HttpResponseBase:
    """Keep it for oneself, or no longer."""
    _, found = _one(request, pk, seq)
    is_on = _is_on(request)
    return _done(
        request, found, lambda: marks.star(member=reader(request), message=found, is_starred=is_on, at=timezone.now())
    )


@login_required
@require_GET
def starred(request: HttpRequest) -> HttpResponseBase:
    """All that one keeps."""
    return render(request, "chat/starred.html", {"kept": queries.starred(reader(request))})


def _one(request: HttpRequest, pk: int, seq: int) -> tuple[Room, Message]:
    room = find(request, pk)
    found = queries.message_in(room, seq)
    if found is None or found.deleted_at or found.hidden_at:
        raise Http404
    found.room = room
    return room, found


def _is_on(request: HttpRequest) -> bool:
    return request.POST.get("on", "yes") == "yes"


def _done(request: HttpRequest, found: Message, verb: Callable[[], object]) -> HttpResponseBase:
    try:
        verb()
    except NotAllowed as error:
        toasts.error(request, error.reason)
    return redirect(found)
