"""Who may not take part, where, and until when."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from community.models import Member, Sanction


def suspended(member_ids: Iterable[int], at: datetime) -> set[int]:
    """Those of them who may not take part in the whole site at `at`; one query."""
    stops = Sanction.objects.in_force(at).filter(member__in=list(member_ids), group=None, kind=Sanction.Kind.SUSPEND)
    return set(stops.values_list("member_id", flat=True))


def of_member(member: Member) -> "QuerySet[Sanction]":
    """Everything ever imposed on a member, newest first."""
    return Sanction.objects.filter(member=member).select_related("group").order_by("-starts_at", "-pk")


def earlier(member: Member, at: datetime) -> int:
    """How many sanctions a member has had that were not lifted as mistaken: the step of the ladder they stand on."""
    return Sanction.objects.filter(member=member, starts_at__lt=at, lifted_at=None).count()
