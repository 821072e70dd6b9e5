"""Making accounts: at sign-up, or by the way when someone answers an invitation."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from community.models import Member
from community.queries import accounts, handles, zones
from community.text import handles as spelling

ATTEMPTS = 5


def ensure(*, email: str, name: str, time_zone: str, at: datetime, verified: bool = False) -> tuple[Member, bool]:
    """The account of this address, made now where there is none; answers (member, was it made).

    `verified` says that whoever asks has just shown that the mailbox is theirs. A new account has no password and
    a provisional handle suggested from the name; an unknown zone becomes London's.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                found = accounts.by_email(email)
                member = found or open_account(email=email, name=name, time_zone=time_zone, at=at)
                if not found:
                    EmailAddress.objects.create(user=member, email=member.email, primary=True)
                if verified:
                    _prove(member, email.strip().lower())
                return member, found is None
        except IntegrityError:
            # Somebody took the address between the look and the write: look again.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError  # pragma: no cover  (the last attempt returns or raises)


def open_account(*, email: str, name: str, time_zone: str, at: datetime) -> Member:
    """A new account without a password; the handle is provisional until its owner chooses.

    The row that says whether the address is proved is the caller's to write: allauth's at sign-up, `ensure` else.
    """
    for attempt in range(ATTEMPTS):
        handle = handles.suggestions(name, amount=1)[0]
        try:
            with transaction.atomic():
                return Member.objects.create_user(
                    email.strip(),
                    None,
                    handle=handle,
                    handle_key=spelling.key(handle),
                    display_name=" ".join(name.split())[:80],
                    time_zone=zones.known_or_fallback(time_zone),
                    joined_at=at,
                )
        except IntegrityError:
            if attempt == ATTEMPTS - 1 or accounts.by_email(email):
                raise
    raise AssertionError  # pragma: no cover  (the last attempt returns or raises)


def _prove(member: Member, email: str) -> None:
    address, _ = EmailAddress.objects.get_or_create(
        user=member,
        email=email,
        defaults={"primary": not EmailAddress.objects.filter(user=member, primary=True).exists()},
    )
    if address.verified:
        return
    if not EmailAddress.objects.filter(user=member, verified=True).exists():
        # Until now anyone could have opened this account in the owner's name: what they set does not count.
        member.set_unusable_password()
        member.save(update_fields=["password"])
    address.verified = True
    address.save(update_fields=["verified"])
