"""How a member's trust changed."""

from django.db.models import QuerySet

from community.models import Member, TrustChange


def changes(member: Member) -> "QuerySet[TrustChange]":
    """Newest first, with who gave it by hand."""
    return TrustChange.objects.filter(member=member).select_related("actor").order_by("-id")
