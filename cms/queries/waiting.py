"""What waits for a member to do: decisions only they, or few others, can take."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from community.models import Member, Membership
from community.policies.groups import moderates_site
from moderation.models import Report


@dataclass(frozen=True, slots=True)
class Thing:
    """One line: what waits, and where it is done."""

    text: str
    url: str
    action: str


def things(member: Member, places: list[Membership]) -> list[Thing]:
    """Nothing and no query for those who look after nothing."""
    return [*_reports(member, places)]


def _reports(member: Member, places: list[Membership]) -> Iterator[Thing]:
    if not moderates_site(member) and not any(place.is_governing for place in places):
        return
    waiting = Report.objects.visible_to(member).open().values("target_kind", "target_id").distinct().count()
    if waiting:
        text = "One thing was reported." if waiting == 1 else f"{waiting} things were reported."
        yield Thing(text, reverse("moderation:queue"), "Look at it" if waiting == 1 else "Look at them")
