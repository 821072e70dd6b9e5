"""The pictures of messages, for those who may see the message."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from chat.models import Enclosure
from community.models import Member


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponseBase:
    """Asked each time; only the bytes are kept."""
    member = request.user if isinstance(request.user, Member) else None
    found = get_object_or_404(Enclosure.objects.visible_to(member).select_related("picture"), key=key)
    tag = f'"{found.key}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    with found.picture.file.storage.open(found.picture.file.name) as file:
        answer = HttpResponse(file.read(), content_type="image/webp")
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer
