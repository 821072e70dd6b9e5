"""Who asks? Said once, in types: `request.user` may be anybody."""

from typing import cast

from django.http import HttpRequest

from community.models import Member


def me(request: HttpRequest) -> Member:
    """The member behind a request that only members reach (`login_required` stands before the view)."""
    return cast("Member", request.user)


def reader(request: HttpRequest) -> Member | None:
    """The member, or nobody in particular."""
    return request.user if request.user.is_authenticated else None
