"""A room with its history, a group's own room, and what came after, for pages whose socket is down."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chat import queries
from chat.actions import reading, rooms
from chat.models import FACES, Message, Reaction, Room
from chat.policies.rooms import may_see
from chat.policies.speaking import place_of
from chat.search import found_in
from chat.text import lines
from community.models import Group, Member, Membership
from community.text.numbers import whole
from community.verdicts import no

LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back with a refusal: the words, their key, and why not."""

    body: str = ""
    key: str = ""
    error: str = ""


@login_required
@require_GET
def room(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The newest page, or the one `?before=` or `?at=` a number; `?part=log` answers the history alone."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, typed: Typed | None = None, status: int = 200) -> HttpResponseBase:
    """The room's page, with what was typed when it could not be said."""
    member, at = reader(request), timezone.now()
    company = queries.company_of(member, pk)
    if company is None:
        raise Http404
    found = company.room
    before, around = _number(request, "before"), _number(request, "at")
    history = queries.history(found, member, before=before, at=around, read=company.read)
    if history.is_newest and history.last > company.read:
        reading.read(member=member, room=found, seq=history.last, at=at)
    if history.is_newest:
        reading.heard(member=member, room=found, at=at)
    context: dict[str, Any] = {"room": found, "zone": found.group.time_zone, "history": history}
    if request.GET.get("part") == "log":
        return render(request, "chat/parts/log.html", context)
    typed, place = typed or Typed(), place_of(member, pk, "", at)
    context |= {
        "typed": typed,
        "key": typed.key or uuid4().hex,
        "verdict": place.may_write(at) if place else no("This room is no longer yours."),
        "may_care": place is not None and place.governs,
        "beside": company.beside,
        "pinned": queries.pinned(found),
        "starred": queries.starred_in(found, member),
        "palette": [(face.value, FACES[face], face.label) for face in Reaction.Face],
        "answered": _answered(request, found),
        "blocked": sorted(history.blocked),
    }
    return render(request, "chat/room.html", context, status=status)


@login_required
@require_GET
def search(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where these words were said in this room, the newest first."""
    found, words = find(request, pk), request.GET.get("q", "").strip()[:LONGEST_WORDS]
    context = {
        "room": found,
        "zone": found.group.time_zone,
        "q": words,
        "messages_found": found_in(found, words),
        "blocked": queries.blocked_by(reader(request)),
    }
    return render(request, "chat/search.html", context)


@login_required
@require_GET
def after(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changed after `?seq=`, as the frames that would have told of it; or `{"afresh": true}`."""
    found = find(request, pk)
    seq = _number(request, "seq") or 0
    missed = queries.missed(found, seq)
    if missed is None:
        return JsonResponse({"afresh": True})
    upto = max([seq, *(each.changed_seq for each in missed)])
    return JsonResponse({"frames": lines.frames(missed, found), "upto": upto})


@require_GET
def group(request: HttpRequest, slug: str) -> HttpResponseBase:
    """To the group's own room; those outside are told how to come in."""
    user = request.user if isinstance(request.user, Member) else None
    found = get_object_or_404(Group.objects.visible_to(user), slug=slug)
    if user is not None:
        if main := queries.main_room(found):
            if may_see(user, main):
                return redirect(main)
        elif Membership.objects.live().filter(group=found, member=user).exists():
            return redirect(rooms.open_main_room(group=found, at=timezone.now()))
    return render(request, "chat/group.html", {"group": found}, status=403)


def find(request: HttpRequest, pk: int) -> Room:
    """The room, where the reader may see it; 404 otherwise."""
    found = queries.room_for(reader(request), pk)
    if found is None:
        raise Http404
    return found


def reader(request: HttpRequest) -> Member:
    """The member who asks; `login_required` has let nobody else through."""
    user = request.user
    if not isinstance(user, Member):
        raise Http404
    return user


def _answered(request: HttpRequest, found: Room) -> Message | None:
    """The message one is about to answer, named by its number in the address or in the form that came back."""
    given = request.POST.get("answers") or request.GET.get("answer", "")
    number = whole(given)
    standing = Message.objects.filter(room=found, deleted_at=None, hidden_at=None).select_related("author")
    return standing.filter(seq=number).first() if number is not None else None


def _number(request: HttpRequest, name: str) -> int | None:
    return whole(request.GET.get(name, ""))
