"""What must be said beside a name, and what bars from office: told to `community.registry`."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from community.models import CONFLICTING, Affiliation, Group, Member
from community.models.period import day_of
from community.registry import Label
from sponsors.models import Sponsorship

WORDS = {
    Affiliation.Kind.EMPLOYEE: "works for",
    Affiliation.Kind.OWNER: "owns part of",
    Affiliation.Kind.CONTRACTOR: "works for",
    Affiliation.Kind.SPEAKER: "is paid to speak by",
}


def labels(author_ids: Iterable[int], group: Group | None) -> dict[int, Label]:
    """What each of these authors who has a tie today must wear here; one query.

    Where there are several ties all of them are named, sponsors of this group first.
    """
    today = day_of(timezone.now())
    sponsorships = Sponsorship.objects.running(today).filter(organisation=OuterRef("organisation"))
    ties = (
        Affiliation.objects.on(today)
        .filter(member__in=list(author_ids))
        .annotate(is_sponsor=Exists(sponsorships.filter(group=group) if group else sponsorships))
        .select_related("organisation")
        .order_by("-is_sponsor", "starts_on", "pk")
    )
    of_each: dict[int, list[Affiliation]] = {}
    for tie in ties:
        of_each.setdefault(tie.member_id, []).append(tie)
    return {member: _label(found, group) for member, found in of_each.items()}


def _label(ties: list[Affiliation], group: Group | None) -> Label:
    here = "sponsor of this group" if group else "a sponsor"
    sponsoring = [bool(tie.is_sponsor) for tie in ties]  # type: ignore[attr-defined]  # annotated in `labels`
    parts = [
        f"{WORDS[Affiliation.Kind(tie.kind)]} {tie.organisation.name}" + (f", {here}" if is_sponsor else "")
        for tie, is_sponsor in zip(ties, sponsoring, strict=True)
    ]
    return Label("; ".join(parts), ties[0].organisation.name, sponsoring[0])


def bar_to_office(member: Member, group: Group) -> str:
    """Why this member may not govern this group from today on, for people; one query.

    The database decides (`sponsors.models.guards`); this says it in words before it has to.
    """
    today = day_of(timezone.now())
    tie = "organisation__affiliations__"
    lasts = Q(**{f"{tie}ends_on": None}) | Q(**{f"{tie}ends_on__gt": today}, starts_on__lt=F(f"{tie}ends_on")) & ~Q(
        **{f"{tie}ends_on": F(f"{tie}starts_on")}
    )
    barring = (
        Sponsorship.objects.accepted()
        .overlapping(today, None)
        .filter(
            lasts,
            **{f"{tie}member": member, f"{tie}kind__in": CONFLICTING, f"{tie}starts_on__lt": F("ends_on")},
            group=group,
        )
        .select_related("organisation")
        .order_by("-ends_on")
        .first()
    )
    if barring is None:
        return ""
    return (
        f"They have a tie to {barring.organisation.name}, which sponsors this group until "
        f"{barring.ends_on:%-d %B %Y}. Nobody governs a group while working for a vendor that supports it."
    )


def groups_sponsored(organisation_ids: Iterable[int], starts_on: date, ends_on: date | None) -> set[int]:
    """Ids of groups that any of these sponsors on a day of the period; one query."""
    found = Sponsorship.objects.accepted().overlapping(starts_on, ends_on)
    return set(found.filter(organisation__in=list(organisation_ids)).values_list("group_id", flat=True))
