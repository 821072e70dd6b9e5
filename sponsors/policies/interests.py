"""Which ties keep a moderator out of a case: told to `moderation.registry`."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.models import Affiliation, Member
from community.models.period import day_of
from moderation.registry import Subject
from sponsors.models import VendorEvent


def interest(moderator: Member | None, subject: Subject) -> str:
    """A tie to the vendor whose event it is, or to one that its author has a tie to as well; one query."""
    if moderator is None or not moderator.pk:
        return ""
    today = day_of(timezone.now())
    concerned = Q(organisation__in=_lasting(today).filter(member=subject.author).values("organisation"))
    if subject.kind == "vendor-event":
        concerned |= Q(organisation__in=VendorEvent.objects.filter(pk=subject.id).values("organisation"))
    tie = _lasting(today).filter(concerned, member=moderator).select_related("organisation").order_by("pk").first()
    if tie is None:
        return ""
    about = "whose event this is" if subject.kind == "vendor-event" else "and so does the author"
    return f"You have a tie to {tie.organisation.name}, {about}. Somebody without one decides."


def _lasting(day: date) -> "QuerySet[Affiliation]":
    """Ties of any kind, now or begun in advance."""
    return Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day))
