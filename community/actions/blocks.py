"""Not wanting to hear from somebody. They are never told."""

from datetime import datetime

from community.models import Block, Member
from community.verdicts import NotAllowed


def block(*, member: Member, other: Member, at: datetime) -> None:
    """Fold away what the other writes, and take no notices or mail about it; twice is once."""
    if member.pk == other.pk:
        raise NotAllowed("You cannot block yourself.")
    Block.objects.get_or_create(member=member, blocked=other, defaults={"created_at": at})


def unblock(*, member: Member, other: Member) -> None:
    """Hear from them again."""
    Block.objects.filter(member=member, blocked=other).delete()
