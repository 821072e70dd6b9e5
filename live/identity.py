"""Whether the session a socket was opened with still stands."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest  # noqa: TID251  (the shape `get_user` asks for)


def still_signed_in(session_key: str | None, member: Any) -> bool:
    """The session exists, is this member's, was not cut off by a new password, and the account is open."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    found = get_user(cast(HttpRequest, SimpleNamespace(session=store)))
    return bool(found.pk == member.pk and found.is_active)
