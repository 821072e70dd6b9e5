"""A member's ties to vendors."""

from datetime import date

from django.db.models import F, QuerySet

from community.models import Affiliation, Member, Organisation


def ties(member: Member) -> "QuerySet[Affiliation]":
    """All of them with their organisations, live ones first, then the latest."""
    rows = Affiliation.objects.filter(member=member).select_related("organisation")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")


def live_on(member: Member, day: date) -> "QuerySet[Affiliation]":
    """Those in force on a day, for a public profile."""
    return (
        Affiliation.objects.on(day).filter(member=member).select_related("organisation").order_by("organisation__name")
    )


def organisations() -> "QuerySet[Organisation]":
    """Names to choose from."""
    return Organisation.objects.order_by("name")
