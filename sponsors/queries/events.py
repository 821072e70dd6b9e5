"""Vendors' events that everyone may see."""

from datetime import datetime

from django.db.models import QuerySet

from community.models import Group
from sponsors.models import VendorEvent


def coming(at: datetime) -> QuerySet[VendorEvent]:
    """All that are published and not over, soonest first, with group and organisation."""
    return VendorEvent.objects.coming(at).select_related("group", "organisation").order_by("starts_at", "pk")


def events_of(group: Group, at: datetime) -> QuerySet[VendorEvent]:
    """Those for this group."""
    return coming(at).filter(group=group)
