"""A group's front: when it meets, what it talks about, who it is; sponsors after people."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from community.models import Group, Member, Membership
from community.models.period import day_of
from community.policies import groups as policies
from community.queries import members
from community.registry import Label, labels
from forum.queries import Line, newest
from live.changes import EVERYTHING
from live.kept import Kept
from meetups.models import Meetup, Rsvp
from meetups.queries import evenings
from sponsors.models import Sponsorship, VendorEvent
from sponsors.queries import events_of, sponsors_of

PEOPLE = 20
TOPICS = 4
INVITATIONS = 3
A_MOMENT = timedelta(seconds=5)
"""For so long after an answer its member reads the evenings themselves: another process may not have heard of it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every reader meets, as it was read at `read_at`; nothing may be written to these rows."""

    read_at: datetime
    coming: list[Meetup]
    held: list[Meetup]
    people: list[Membership]
    sponsors: list[Sponsorship]
    invitations: list[VendorEvent]

    def is_true(self, at: datetime, answer: Rsvp | None) -> bool:
        """The next evening is not over yet, and this answer is counted in it."""
        is_over = any(each.ends_at <= at for each in self.coming)
        return not is_over and (answer is None or answer.changed_at < self.read_at - A_MOMENT)


_shared: Kept[Shared] = Kept(most=500)


@dataclass(frozen=True, slots=True)
class Front:
    """Everything the page shows; `others` only as far as this reader may see who is in the group."""

    group: Group
    role: str = ""
    evening: evenings.Evening | None = None
    after: list[Meetup] = field(default_factory=list)
    held: list[Meetup] = field(default_factory=list)
    topics: list[Line] = field(default_factory=list)
    governing: list[Membership] = field(default_factory=list)
    others: list[Membership] = field(default_factory=list)
    sponsors: list[Sponsorship] = field(default_factory=list)
    invitations: list[VendorEvent] = field(default_factory=list)
    labels: dict[int, Label] = field(default_factory=dict)

    @property
    def evenings(self) -> list[Meetup]:
        """Those to come that it shows."""
        return [self.evening.meetup, *self.after] if self.evening else []

    @property
    def organisers(self) -> list[Membership]:
        """Those who organise it today."""
        return [place for place in self.governing if place.role == Membership.Role.ORGANISER]

    @property
    def more_members(self) -> int:
        """Members beyond those who are shown."""
        return max(0, self.group.member_count - len(self.governing) - len(self.others))


def front(group: Group, member: Member | None, at: datetime) -> Front:
    """At most ten queries, fewer while shared rows are kept; of a listing from elsewhere only the reader's role."""
    role = policies.role_of(member, group)
    if group.is_listed_elsewhere:
        return Front(group, role)
    parts = EVERYTHING, f"group:{group.pk}", f"calendar:{group.pk}", "sponsors"
    shared = _shared.get((group.pk, tuple(group.tabs)), parts, lambda: read(group, at))
    answer = _answer(shared, member)
    if not shared.is_true(at, answer):
        shared = read(group, at)
        answer = _answer(shared, member)
    topics = newest(member, limit=TOPICS, at=at, group=group)
    governing, others = people(shared.people, group, member, role)
    shown = {place.member_id for place in [*governing, *others]} | {line.topic.author_id for line in topics}
    return Front(
        group=group,
        role=role,
        evening=evenings.answered(shared.coming[0], answer) if shared.coming else None,
        after=shared.coming[1:],
        held=shared.held,
        topics=topics,
        governing=governing,
        others=others,
        sponsors=shared.sponsors,
        invitations=shared.invitations,
        labels=labels(shown, group) if shown else {},
    )


def read(group: Group, at: datetime) -> Shared:
    """What all see, as it is now; at most five queries."""
    coming = evenings.upcoming_of(group, at, count=3)
    held = evenings.last_held(group, at)
    first = list(members.places(group)[:PEOPLE])
    return Shared(at, coming, held, first, supporters(group, at), invitations(group, at))


def _answer(shared: Shared, member: Member | None) -> Rsvp | None:
    return evenings.answer_of(shared.coming[0].pk, member) if shared.coming and member else None


def people(
    first: list[Membership], group: Group, reader: Member | None, role: str
) -> tuple[list[Membership], list[Membership]]:
    """Those who look after it, always; some of the others, where the reader may see them."""
    governing = [place for place in first if place.is_governing]
    if not policies.may_see_people(reader, group, role):
        return governing, []
    sees_all = bool(policies.may_moderate(reader, group, role))
    others = [place for place in first if not place.is_governing]
    return governing, [place for place in others if sees_all or place.member.is_listed_by_name]


def supporters(group: Group, at: datetime) -> list[Sponsorship]:
    """Who supports it today; no query before the first sponsor came."""
    if "sponsors" not in group.tabs:
        return []
    return list(sponsors_of(group, day_of(at)))


def invitations(group: Group, at: datetime) -> list[VendorEvent]:
    """Vendors' events that the group let through, soonest first; no query before the first vendor came."""
    return list(events_of(group, at)[:INVITATIONS]) if "sponsors" in group.tabs else []
