"""Secrets in addresses: shown once, kept as a hash."""

import hashlib
import secrets

BYTES = 24
"""192 bits: more than the 128 that cannot be guessed."""


def new() -> tuple[str, str]:
    """A secret for an address, and the hash to keep."""
    token = secrets.token_urlsafe(BYTES)
    return token, digest(token)


def digest(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
