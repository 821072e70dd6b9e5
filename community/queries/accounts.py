"""Whose account is it?"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from community.models import Member


def by_email(email: str) -> Member | None:
    """The member with this address, in any case of letters, or who has proved another address to be theirs too."""
    wanted = email.strip().lower()
    member = Member.objects.alias(lower_email=Lower("email")).filter(lower_email=wanted).first()
    if member:
        return member
    proved = EmailAddress.objects.filter(email=wanted, verified=True).values("user_id")
    return Member.objects.filter(pk__in=proved).first()


def proved(addresses: Iterable[str]) -> dict[str, Member]:
    """For each of these addresses that somebody present has proved, who; one query."""
    rows = EmailAddress.objects.filter(email__in=addresses, verified=True, user__in=Member.objects.present())
    return {row.email: row.user for row in rows.select_related("user")}
