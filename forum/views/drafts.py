"""Drafts: the list, saving one (by a script while you type, or by a button), throwing one away."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.models import Member
from community.text.numbers import whole
from community.verdicts import NotAllowed
from forum.actions import drafts
from forum.models import Category, Place, Post, Topic
from forum.queries.drafts import drafts_of
from forum.views.drafting import KEPT, sequence_of
from forum.views.frame import SIGN_IN, reader, signed_out

OLDER = "A later text is kept already, from another page or device. Nothing was overwritten."
NOT_KEPT = "That is not kept: %s"


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All that waits."""
    member = reader(request)
    return render(request, "forum/drafts.html", {"lines": drafts_of(member) if member else []})


@require_POST
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep what stands in a form of the forum. Scripts get JSON; without one the list comes next."""
    member = reader(request)
    if member is None:
        return _said(request, HTTPStatus.FORBIDDEN, SIGN_IN) if _is_script(request) else _signed_out(request)
    place = _place(member, request.POST.get("place", ""))
    names = KEPT if place.kind in {"new", "category"} else KEPT - {"category"}
    typed = {name: request.POST[name].replace("\r\n", "\n") for name in sorted(names) if name in request.POST}
    asked, at = sequence_of(request), timezone.now()
    # A button knows of no earlier save; a script counts its own.
    sequence = asked if _is_script(request) else asked + 1
    try:
        draft = drafts.save(
            member=member,
            place=place,
            typed=typed,
            sequence=sequence,
            client_key=request.POST.get("client_key", "")[:64],
            at=at,
        )
    except drafts.Older as error:
        return _overtaken(request, error)
    except drafts.Posted:
        return _said(request, HTTPStatus.GONE, "This was posted already.")
    except NotAllowed as error:
        return _said(request, HTTPStatus.UNPROCESSABLE_ENTITY, NOT_KEPT % error.reason)
    if _is_script(request):
        return JsonResponse({"saved_at": at.isoformat(), "sequence": draft.sequence})
    messages.success(request, "Your draft is kept. It waits here, and wherever you began it.")
    return redirect("forum:drafts")


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw it away."""
    member = reader(request)
    if member is not None:
        drafts.discard(member=member, draft_id=pk)
        messages.success(request, "The draft is thrown away.")
    return redirect("forum:drafts")


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    """Back to the form the words came from."""
    kind, _, number = request.POST.get("place", "").partition(":")
    names = {"topic": "forum:reply", "post": "forum:edit"}
    if kind in names and (pk := whole(number)) is not None:
        return signed_out(request, reverse(names[kind], args=[pk]))
    return signed_out(request, reverse("forum:new"))


def _place(member: Member, name: str) -> Place:
    """The place, if the member may read it; 404 otherwise."""
    kind, _, number = name.partition(":")
    rows = {
        "category": Category.objects.visible_to(member),
        "topic": Topic.objects.visible_to(member),
        "post": Post.objects.visible_to(member),
    }
    if kind == "new":
        return Place("new")
    pk = whole(number)
    if kind not in rows or pk is None or not rows[kind].filter(pk=pk).exists():
        raise Http404("There is no such place to write in.")
    return Place(kind, pk)  # type: ignore[arg-type]  # one of the three


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _said(request: HttpRequest, status: HTTPStatus, text: str, **more: int) -> HttpResponseBase:
    if _is_script(request):
        return JsonResponse({"text": text, **more}, status=status)
    return render(request, "forum/not_kept.html", {"text": text, "typed": request.POST.get("body", "")}, status=status)


def _overtaken(request: HttpRequest, error: drafts.Older) -> HttpResponseBase:
    if _is_script(request):
        return _said(request, HTTPStatus.CONFLICT, OLDER, sequence=error.draft.sequence)
    context = {
        "text": OLDER,
        "typed": request.POST.get("body", ""),
        "draft": error.draft,
        "form": {name: request.POST[name] for name in (*sorted(KEPT), "place", "client_key") if name in request.POST},
    }
    return render(request, "forum/not_kept.html", context, status=HTTPStatus.CONFLICT)
