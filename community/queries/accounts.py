"""Whose account is it?"""

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
