"""What waits for a member to do: decisions only they, or few others, can take."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from community.models import Member, Membership
from community.policies.groups import moderates_site
from moderation.models import Report
from sponsors.models import Sponsorship, VendorEvent


@dataclass(frozen=True, slots=True)
class Thing:
    """One line: what waits, and where it is done."""

    text: str
    url: str
    action: str


def things(member: Member, places: list[Membership]) -> list[Thing]:
    """Nothing and no query for those who look after nothing."""
    return [*_reports(member, places), *_from_vendors(places)]


def _reports(member: Member, places: list[Membership]) -> Iterator[Thing]:
    if not moderates_site(member) and not any(place.is_governing for place in places):
        return
    waiting = Report.objects.visible_to(member).open().values("target_kind", "target_id").distinct().count()
    if waiting:
        text = "One thing was reported." if waiting == 1 else f"{waiting} things were reported."
        yield Thing(text, reverse("moderation:queue"), "Look at it" if waiting == 1 else "Look at them")


def _from_vendors(places: list[Membership]) -> Iterator[Thing]:
    """Offers and events that wait for an organiser, a line for each group; one query."""
    organised = [place.group for place in places if place.role == Membership.Role.ORGANISER]
    if not organised:
        return
    offers = Sponsorship.objects.filter(state=Sponsorship.State.PROPOSED, group__in=organised).values("group")
    events = VendorEvent.objects.waiting().filter(group__in=organised).values("group")
    waiting = set(offers.union(events).values_list("group", flat=True))
    for group in organised:
        if group.pk in waiting:
            text = f"A vendor waits for an answer from {group.name}."
            yield Thing(text, reverse("sponsors:group", args=[group.slug]), "Read it")
