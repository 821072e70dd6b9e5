"""Who asks."""

from typing import cast

from django.http import HttpRequest

from community.models import Member


def asking(request: HttpRequest) -> Member:
    """The member who asks, in views that only signed-in people reach."""
    return cast("Member", request.user)
