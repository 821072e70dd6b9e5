"""What one reader may do on a page with many vendors, asked once."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from community.models import Affiliation, Group, Member
from community.policies.groups import role_of
from sponsors.models import Sponsorship, VendorEvent


@dataclass(frozen=True, slots=True)
class Desk:
    """The answers of `ties` and its neighbours for a whole page; two queries, none for visitors."""

    role: str = ""
    tied: frozenset[int] = field(default_factory=frozenset)
    speaks_for: frozenset[int] = field(default_factory=frozenset)

    @property
    def organises(self) -> bool:
        """An organiser of this group, whatever their ties."""
        return self.role == "organiser"

    @property
    def sees_waiting(self) -> bool:
        """Members of the group read offers before they are settled."""
        return bool(self.role)

    def may_settle(self, thing: Sponsorship | VendorEvent) -> bool:
        """As `ties.may_judge` says."""
        return self.organises and thing.organisation_id not in self.tied

    def may_speak_for(self, thing: Sponsorship | VendorEvent) -> bool:
        """As `ties.may_speak_for` says."""
        return thing.organisation_id in self.speaks_for


def desk(member: Member | None, group: Group, day: date) -> Desk:
    """Where this member stands in this group and to every vendor."""
    if member is None or not member.pk:
        return Desk()
    rows = Affiliation.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), member=member).values_list(
        "organisation_id", "represents_since", "starts_on"
    )
    ties = list(rows)
    return Desk(
        role=role_of(member, group),
        tied=frozenset(pk for pk, _, _ in ties),
        speaks_for=frozenset(pk for pk, since, begun in ties if since and begun <= day),
    )
