"""The bell in every page's header."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.queries import inbox as queries


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`inbox_unread`: asked only by pages that show it, once a page."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"inbox_unread": SimpleLazyObject(lambda: queries.unread(request.user))}
