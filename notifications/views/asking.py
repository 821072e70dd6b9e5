"""Who asks."""

from typing import Any

from django.http import HttpRequest


def asking(request: HttpRequest) -> Any:
    """The member who asks, in views that only signed-in people reach; members stand a floor above."""
    return request.user
