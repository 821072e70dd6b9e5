"""A member has left for good."""

from datetime import datetime

from community.models import Member
from moderation.models import Report


def forget(*, member: Member, at: datetime) -> None:
    """Reports stay, without who made them; decisions stay, so that others' cases are judged alike."""
    Report.objects.filter(reporter=member).update(reporter=None)
