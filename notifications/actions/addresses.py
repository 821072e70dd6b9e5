"""Addresses that mean something when a mail comes to them."""

import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from notifications.models import IncomingAddress

TOKEN_BYTES = 20


def make(
    *, handler: str, data: dict[str, Any], member: Any | None, at: datetime, expires_at: datetime | None = None
) -> str:
    """A new address for one purpose: mail to it goes to `handler` with `data`, as from `member`.

    160 random bits, of which only a hash is kept: the address cannot be read out of the database, so ask for it when
    the mail that carries it is written.
    """
    # Mail servers may change the case of an address: a token of one case survives that.
    token = b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()
    IncomingAddress.objects.create(
        token_hash=hashed(token), member=member, handler=handler, data=data, created_at=at, expires_at=expires_at
    )
    return f"{token}@{settings.MAIL_DOMAIN}"


def hashed(token: str) -> str:
    """As it is kept."""
    return sha256(token.lower().encode()).hexdigest()
