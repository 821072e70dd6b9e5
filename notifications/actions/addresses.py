"""Addresses that mean something when a mail comes to them."""

import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from notifications.models import IncomingAddress

TOKEN_BYTES = 20


def make(
    *, handler: str, data: dict[str, Any], member: Any | None, at: datetime, expires_at: datetime | None = None
) -> str:
    """A new address for one purpose: mail to it goes to `handler` with `data`, as from `member`.

    160 random bits, of which only a hash is kept: the address cannot be read out of the database, so ask for it when
    the mail that carries it is written.
    """
    token = _written(secrets.token_bytes(TOKEN_BYTES))
    IncomingAddress.objects.create(
        token_hash=hashed(token), member=member, handler=handler, data=data, created_at=at, expires_at=expires_at
    )
    return f"{token}@{settings.MAIL_DOMAIN}"


def standing(*, handler: str, purpose: str, data: dict[str, Any], member: Any | None, at: datetime) -> str:
    """The address of a purpose, the same whenever it is asked for, such as the organiser's in every mail of one meetup.

    It is worked out from the site's key and `purpose`, so that it need not be kept to be written again; the database
    holds its hash only. After a change of the key a new one is made, and the old one still takes mail.
    """
    digest = salted_hmac(f"notifications.address:{handler}", purpose, algorithm="sha256").digest()
    token = _written(digest[:TOKEN_BYTES])
    facts = {"member": member, "handler": handler, "data": data, "created_at": at}
    IncomingAddress.objects.get_or_create(token_hash=hashed(token), defaults=facts)
    return f"{token}@{settings.MAIL_DOMAIN}"


def _written(bits: bytes) -> str:
    """In letters of one case: mail servers may change the case of an address."""
    return b32encode(bits).decode().lower()


def hashed(token: str) -> str:
    """As it is kept."""
    return sha256(token.lower().encode()).hexdigest()
