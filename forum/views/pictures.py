"""Pictures in posts: sent from the composer, shown to those who may read a post that holds them."""

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.models import Member
from community.verdicts import NotAllowed
from forum.actions import pictures
from forum.models import Enclosure
from forum.views.frame import FORBIDDEN, TOO_MANY, UNPROCESSABLE, reader

WORDS = "Say what it shows"


@require_POST
def send(request: HttpRequest) -> HttpResponseBase:
    """From a script: the Markdown to put into the text, or why not."""
    member, file = reader(request), request.FILES.get("picture")
    if member is None:
        return JsonResponse({"why": "Sign in to send a picture."}, status=FORBIDDEN)
    if file is None:
        return JsonResponse({"why": "There was no picture in what you sent."}, status=UNPROCESSABLE)
    try:
        return JsonResponse({"markdown": _sent(member, file, request.POST.get("words", ""))}, status=201)
    except NotAllowed as error:
        answer = JsonResponse({"why": error.reason}, status=TOO_MANY if error.retry_after else UNPROCESSABLE)
        if error.retry_after:
            answer["Retry-After"] = str(error.retry_after)
        return answer


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponseBase:
    """The picture, if the reader may see a post that holds it. Asked each time; only the bytes are kept."""
    found = get_object_or_404(Enclosure.objects.visible_to(reader(request)).select_related("picture"), key=key)
    tag = f'"{found.key}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    with found.picture.file.storage.open(found.picture.file.name) as file:
        answer = HttpResponse(file.read(), content_type="image/webp")
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


def with_picture(request: HttpRequest) -> QueryDict:
    """What was typed, with a chosen picture put at its end: the way without scripts. Raises `NotAllowed`."""
    member, file = reader(request), request.FILES.get("picture")
    if member is None or file is None:
        return request.POST
    data = request.POST.copy()
    added = _sent(member, file, data.get("picture_words", ""))
    data["body"] = f"{data.get('body', '').rstrip()}\n\n{added}\n".lstrip()
    return data


def _sent(member: Member, file: Any, words: str) -> str:
    assert isinstance(file, UploadedFile)  # noqa: S101  (for the type checker)
    sent = pictures.send(
        member=member, file=cast("BinaryIO", file), size=file.size or 0, words=words, at=timezone.now()
    )
    said = " ".join(words.replace("[", "(").replace("]", ")").split())[:200]
    return f"![{said or WORDS}]({sent.get_absolute_url()})"
