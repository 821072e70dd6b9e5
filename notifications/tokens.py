"""Signed links out of mails: they work without signing in and cannot be guessed."""

from dataclasses import dataclass

from django.core import signing

SALT = "notifications.unsubscribe"


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Whose mail of which kind ("" for every kind) in which scope ("" for everywhere)."""

    member_id: int
    kind: str
    scope: str


def unsubscribe_token(wanted: Unsubscription) -> str:
    """A token without an end: an old mail must still let its reader go."""
    return signing.dumps([wanted.member_id, wanted.kind, wanted.scope], salt=SALT)


def read_unsubscribe_token(token: str) -> Unsubscription | None:
    """What it asks for, or None when it is not ours."""
    try:
        member_id, kind, scope = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Unsubscription(member_id, kind, scope)
