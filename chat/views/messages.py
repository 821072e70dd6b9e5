"""Saying, editing and removing without a socket."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from chat.actions import messages, pictures
from chat.forms import EditForm, PictureForm, SayForm
from chat.models import Message, Room
from chat.views.rooms import Typed, find, page, reader
from community.verdicts import NotAllowed


@login_required
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say it, with a picture if there is one, and come back to the room; what was refused stands in the field again.

    A script that sends a picture is answered `{"number"}`, or `{"why"}`.
    """
    found = find(request, pk)
    form = PictureForm(request.POST, request.FILES) if "picture" in request.FILES else SayForm(request.POST)
    body, key = request.POST.get("body", ""), request.POST.get("key", "")
    if not form.is_valid():
        error = next(
            (str(each) for each in form.errors.get("body", [])), "This page is out of date: send it once more."
        )
        return _again(request, pk, Typed(body, "", error), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        message = _said(request, found, form.cleaned_data)
    except messages.Reused:
        error = "This page had already sent another message. Here is what you typed: send it once more."
        return _again(request, pk, Typed(body, "", error), HTTPStatus.CONFLICT)
    except NotAllowed as error:
        status = HTTPStatus.TOO_MANY_REQUESTS if error.retry_after else HTTPStatus.FORBIDDEN
        response = _again(request, pk, Typed(body, key, error.reason), status)
        if error.retry_after:
            response["Retry-After"] = str(error.retry_after)
        return response
    if _is_script(request):
        return JsonResponse({"number": message.seq}, status=HTTPStatus.CREATED)
    return redirect(f"{found.get_absolute_url()}#m{message.seq}")


def _said(request: HttpRequest, found: Room, given: dict[str, Any]) -> Message:
    who, at = reader(request), timezone.now()
    said = {"author": who, "room": found, "client_key": given["key"], "answers": given["answers"], "at": at}
    if file := given.get("picture"):
        return pictures.say(**said, file=file, size=file.size, words=given["words"], body=given["body"])
    return messages.say(**said, body=given["body"])


def _again(request: HttpRequest, pk: int, typed: Typed, status: int) -> HttpResponseBase:
    if _is_script(request):
        return JsonResponse({"why": typed.error}, status=status)
    return page(request, pk, typed, status)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, seq: int) -> HttpResponseBase:
    """One's own words, to change or take down."""
    found, message = _own(request, pk, seq)
    form = EditForm(request.POST) if request.method == "POST" else EditForm(initial={"body": message.body})
    if request.method == "POST" and form.is_valid():
        try:
            messages.edit(author=reader(request), message=message, body=form.cleaned_data["body"], at=timezone.now())
        except NotAllowed as error:
            form.add_error("body", error.reason)
            return _edit_page(request, found, message, form, HTTPStatus.FORBIDDEN)
        return redirect(message)
    return _edit_page(request, found, message, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int, seq: int) -> HttpResponseBase:
    """Take one's own words down."""
    _, message = _own(request, pk, seq)
    try:
        messages.remove(author=reader(request), message=message, at=timezone.now())
    except NotAllowed as error:
        toasts.error(request, error.reason)
    return redirect(message)


def _own(request: HttpRequest, pk: int, seq: int) -> tuple[Room, Message]:
    found = find(request, pk)
    message = Message.objects.filter(room=found, seq=seq, author=reader(request), deleted_at=None).first()
    if message is None:
        raise Http404
    return found, message


def _edit_page(request: HttpRequest, found: Room, message: Message, form: EditForm, status: int) -> HttpResponse:
    return render(request, "chat/edit.html", {"room": found, "message": message, "form": form}, status=status)
