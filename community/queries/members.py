"""Who is in a group, and what was done in its name."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from community.models import GOVERNING, Group, LogEntry, Member, Membership

Role = Membership.Role
PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class People:
    """One page of a group: who looks after it, and who else is there as far as the reader may know."""

    governing: list[Membership]
    others: "Page[Membership]"
    unlisted: int
    """How many members rather are not named in lists."""

    @property
    def member_ids(self) -> set[int]:
        """Everyone named on this page."""
        return {place.member_id for place in (*self.governing, *self.others)}


def places(group: Group) -> "QuerySet[Membership]":
    """Today's places: organisers, moderators, then members as they came."""
    rank = Case(
        When(role=Role.ORGANISER, then=Value(0)),
        When(role=Role.MODERATOR, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    live = Membership.objects.live().filter(group=group).select_related("member", "member__avatar")
    return live.order_by(rank, "joined_at", "id")


def people(group: Group, *, sees_everyone: bool, sees_unlisted: bool, number: str | None = None) -> People:
    """Those who govern are always named; the others where the reader may see them. At most four queries."""
    everyone = places(group)
    others = everyone.exclude(role__in=GOVERNING)
    unlisted = 0
    if not sees_everyone:
        others = others.none()
    elif not sees_unlisted:
        unlisted = others.filter(member__is_listed_by_name=False).count()
        others = others.filter(member__is_listed_by_name=True)
    page = Paginator(others, PER_PAGE).get_page(number)
    return People(list(everyone.filter(role__in=GOVERNING)), page, unlisted)


@dataclass(frozen=True, slots=True)
class Act:
    """A log entry with whom it concerns, as they are called today."""

    entry: LogEntry
    about: Member | None = field(default=None)


def log(group: Group, reader: Member | None, number: str | None = None) -> "tuple[Page[LogEntry], list[Act]]":
    """The newest acts first, a page of them; three queries."""
    entries = LogEntry.objects.visible_to(reader).filter(group=group).select_related("actor").order_by("-id")
    page = Paginator(entries, PER_PAGE).get_page(number)
    rows = list(page.object_list)
    concerned = {row.pk: row.data.get("member") for row in rows}
    members = Member.objects.in_bulk({pk for pk in concerned.values() if isinstance(pk, int)})
    return page, [Act(row, members.get(concerned[row.pk])) for row in rows]


def organisers(group: Group) -> list[Member]:
    """Those who organise it today, longest first."""
    return list(
        Member.objects.filter(
            Q(memberships__group=group, memberships__role=Role.ORGANISER, memberships__ends_on=None)
        ).order_by("memberships__joined_at"),
    )
