"""Mails about an account itself: codes, and what was changed. They always go, and at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.actions import outbox

KIND = "account"


@dataclass(frozen=True, slots=True)
class Letter:
    """Which of our templates says it, and in what words."""

    template: str
    subject: str
    text: str


def _code(subject: str, text: str) -> Letter:
    return Letter("account/email/code", subject, text)


def _changed(subject: str, text: str) -> Letter:
    return Letter("account/email/changed", subject, text)


LETTERS = {
    "account/email/login_code": _code("Your code to sign in", "Type this code where you are signing in."),
    "account/email/email_confirmation_signup": _code(
        "Your code to confirm your address", "Welcome. Type this code where you are signing up."
    ),
    "account/email/email_confirmation": _code(
        "Your code to confirm your address", "Type this code where you asked for it, and this address is confirmed."
    ),
    "account/email/password_reset_code": _code(
        "Your code to set a new password", "Type this code where you asked for it, then choose a new password."
    ),
    "account/email/account_already_exists": Letter(
        "account/email/exists",
        "You have an account already",
        "Someone, probably you, tried to sign up with this address. It has an account already, so there is no need "
        "to: sign in and we mail you a code.",
    ),
    "account/email/unknown_account": Letter(
        "account/email/unknown",
        "No account for this address",
        "Someone, probably you, tried to sign in with this address. There is no account for it here.",
    ),
    "account/email/email_changed": _changed("Your address was changed", "The address of your account was changed."),
    "account/email/email_confirm": _changed("Your address is confirmed", "This address of your account is confirmed."),
    "account/email/email_deleted": _changed("An address was removed", "An address was removed from your account."),
    "account/email/password_changed": _changed(
        "Your password was changed", "The password of your account is a new one."
    ),
    "account/email/password_reset": _changed("Your password was changed", "A new password was set by a mailed code."),
    "account/email/password_set": _changed("A password was set", "Your account has a password now."),
    "departed": Letter(
        "account/email/farewell",
        "Your account is deleted",
        "As you asked, your account is deleted. What you posted stays, signed “a former member”; your name, address, "
        "picture, answers and settings are gone.",
    ),
    "mfa/email/totp_activated": _changed("Authenticator app added", "Signing in now asks for your authenticator app."),
    "mfa/email/totp_deactivated": _changed(
        "Authenticator app removed", "Signing in no longer asks for an authenticator app."
    ),
    "mfa/email/recovery_codes_generated": _changed(
        "New recovery codes", "You made new recovery codes; the old are void."
    ),
    "mfa/email/webauthn_added": _changed("Passkey added", "A passkey was added to your account."),
    "mfa/email/webauthn_removed": _changed("Passkey removed", "A passkey was removed from your account."),
}
"""By the name that allauth gives to the occasion."""


def post(occasion: str, *, to: str, member_id: int | None, facts: dict[str, Any], at: datetime) -> None:
    """Put the letter of this occasion into the outbox; an occasion we have no words for is a programming error."""
    letter = LETTERS[occasion]
    outbox.post(
        to=to,
        kind=KIND,
        template=letter.template,
        context=facts | {"subject": letter.subject, "lead": letter.text},
        at=at,
        member_id=member_id,
    )
