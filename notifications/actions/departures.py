"""A member has left for good."""

from datetime import datetime
from typing import Any

from notifications.models import IncomingAddress, Notice, OutgoingMail, Preference


def forget(*, member: Any, at: datetime) -> None:
    """Their inbox, choices, mails and addresses go; other people's notices stay theirs."""
    Notice.objects.filter(recipient=member).delete()
    Preference.objects.filter(member=member).delete()
    OutgoingMail.objects.filter(member=member).delete()
    IncomingAddress.objects.filter(member=member).delete()
