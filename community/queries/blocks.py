"""Who does not want to hear from whom."""

from django.db.models import QuerySet

from community.models import Block, Member


def blocked_by(member: Member | None) -> set[int]:
    """Ids of those whom this member has blocked (nobody for a visitor): what they write is folded away for them."""
    if member is None or not member.pk:
        return set()
    return set(Block.objects.filter(member=member).values_list("blocked_id", flat=True))


def deaf_to(member: Member) -> set[int]:
    """Ids of those who have blocked this member: they are told nothing of what the member does."""
    return set(Block.objects.filter(blocked=member).values_list("member_id", flat=True))


def listing(member: Member) -> "QuerySet[Block]":
    """The member's blocks with the people in them, newest first."""
    return Block.objects.filter(member=member).select_related("blocked").order_by("-created_at")
