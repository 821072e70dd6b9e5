"""Claims of listed groups."""

from django.core.paginator import Page, Paginator

from community.models import Claim, Group, Member

PER_PAGE = 20


def of(member: Member, group: Group) -> Claim | None:
    """The newest claim of this member on this group."""
    return Claim.objects.filter(member=member, group=group).order_by("-id").first()


def waiting(number: str | None = None) -> "Page[Claim]":
    """Claims to settle, the oldest first; two queries."""
    rows = Claim.objects.filter(state=Claim.State.WAITING).select_related("group", "member")
    return Paginator(rows.order_by("id"), PER_PAGE).get_page(number)
