"""Secrets in addresses: random and kept as a hash, or signed and not kept at all."""

import hashlib
import secrets

from django.core import signing

from meetups.models import Invitation, Rsvp

BYTES = 24
"""192 bits: more than the 128 that cannot be guessed."""


def new() -> tuple[str, str]:
    """A secret for an address, and the hash to keep."""
    token = secrets.token_urlsafe(BYTES)
    return token, digest(token)


def digest(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


OFFER = "meetups.offer"


def offer(rsvp: Rsvp) -> str:
    """What the mail about a held seat answers with: good for this offer and no other."""
    return signing.dumps([rsvp.pk, rsvp.queue_number], salt=OFFER)


def offer_of(token: str) -> tuple[int, int] | None:
    """The answer and the number in the queue that an offer was made for; None for anything we did not sign."""
    try:
        rsvp_id, number = signing.loads(token, salt=OFFER)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return rsvp_id, number


INVITED = "meetups.invited"


def invited(invitation: Invitation) -> str:
    """What the links of a mailed invitation answer with: good for it alone, as long as it stands."""
    return signing.dumps(invitation.pk, salt=INVITED, compress=False)


def invited_of(token: str) -> int | None:
    """The invitation a link is for; None for anything we did not sign."""
    return _number_of(token, INVITED)


DOOR = "meetups.door"


def door(rsvp: Rsvp) -> str:
    """What the code of an answer says: which answer it is, and that we said so."""
    return signing.dumps(rsvp.pk, salt=DOOR, compress=False)


def door_of(token: str) -> int | None:
    """The answer a code stands for; None for anything we did not sign."""
    return _number_of(token, DOOR)


def _number_of(token: str, salt: str) -> int | None:
    try:
        number = signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None
    return number if isinstance(number, int) else None
