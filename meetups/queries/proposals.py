"""What a group would like to talk about, as pages show it."""

from dataclasses import dataclass

from community.models import Group, Member
from meetups.models import Proposal

State = Proposal.State
MOST = 200
ON_AN_EVENING = 3


@dataclass(frozen=True, slots=True)
class Pool:
    """Topics that wait, most wanted first; those an agenda has, and the last ones that were talked about."""

    waiting: list[Proposal]
    taken: list[Proposal]
    done: list[Proposal]


def pool(group: Group, member: Member | None, *, done: int = 12) -> Pool:
    """All topics of a group; two queries."""
    rows = Proposal.objects.visible_to(member).filter(group=group).counted(member)
    rows = rows.select_related("author", "subject", "group")
    live = list(rows.filter(state__in=[State.OPEN, State.TAKEN])[:MOST])
    past = list(rows.filter(state=State.DONE).order_by("-pk")[:done])
    return Pool(
        [each for each in live if each.state == State.OPEN], [each for each in live if each.state == State.TAKEN], past
    )


def most_wanted(group: Group, member: Member | None, count: int = ON_AN_EVENING) -> list[Proposal]:
    """The first topics that wait, for the page of an evening; one query."""
    rows = Proposal.objects.visible_to(member).open().filter(group=group).counted(member)
    return list(rows.select_related("author", "subject", "group")[:count])


def one(number: int, group: Group, member: Member | None) -> Proposal | None:
    """A proposal as its line shows it; one query."""
    rows = Proposal.objects.visible_to(member).filter(group=group, pk=number).counted(member)
    return rows.select_related("author", "subject", "group").first()
