"""Who opened a socket: the member of the session that its cookie names, asked for many at once."""

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model, load_backend
from django.core.cache import caches
from django.http.cookie import parse_cookie  # noqa: TID251  (a pure parser)
from django.utils import timezone
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from django.contrib.auth.backends import ModelBackend

SHORTEST, LONGEST = 8, 40
"""Letters of a session's key, as Django keeps them."""


def session_key(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The key in the session's cookie, if it can be one."""
    for name, value in headers:
        if name == b"cookie":
            key = parse_cookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME, "")
            if key.isascii() and key.isalnum() and SHORTEST <= len(key) <= LONGEST:
                return key
    return None


def members_of(keys: Collection[str]) -> dict[str, Any]:
    """The member of each session that stands: not over, not cut off by a new password, of an open account.

    One query, and one more for sessions that the cache does not hold.
    """
    sessions = _sessions(keys)
    pks = {key: int(pk) for key, each in sessions.items() if (pk := str(each.get(SESSION_KEY, ""))).isdecimal()}
    members = get_user_model().objects.in_bulk(set(pks.values()))
    found = {key: members[pk] for key, pk in pks.items() if pk in members}
    return {key: member for key, member in found.items() if _stands(sessions[key], member)}


def _sessions(keys: Collection[str]) -> dict[str, dict[str, Any]]:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    prefix = store.cache_key_prefix
    cached = caches[settings.SESSION_CACHE_ALIAS].get_many([prefix + key for key in keys])
    found = {key: cached[prefix + key] for key in keys if cached.get(prefix + key)}
    if missing := [key for key in keys if key not in found]:
        rows = store.get_model_class().objects.filter(session_key__in=missing, expire_date__gt=timezone.now())
        found |= {row.session_key: store().decode(row.session_data) for row in rows}
    return found


def _stands(session: Mapping[str, Any], member: Any) -> bool:
    """As `django.contrib.auth.get_user` has it."""
    path = session.get(BACKEND_SESSION_KEY)
    if path not in settings.AUTHENTICATION_BACKENDS:
        return False
    if not cast("ModelBackend", load_backend(path)).user_can_authenticate(member):
        return False
    kept = session.get(HASH_SESSION_KEY) or ""
    hashes = [member.get_session_auth_hash(), *member.get_session_auth_fallback_hash()]
    return any(constant_time_compare(kept, each) for each in hashes)
