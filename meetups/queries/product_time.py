"""The agenda of an evening as the rule on product time sees it, judged anew whenever it is asked.

A slot counts as product time when it is declared so; when its speaker has a tie to a sponsor of the group on the day of
the evening and fewer than two organisers without one have confirmed otherwise; when the name that was typed for its
speaker is that of somebody with such a tie, or a sponsor's; and when a vendor pays for its expert on
a topic that no member without a tie to that vendor voted for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from community.models import Affiliation, Group, Organisation
from community.models.period import day_of
from meetups.models import AgendaItem, Meetup, ProductRule, SlotConfirmation, Vote
from meetups.text import names
from sponsors.models import Sponsorship

NEEDED = 2
"""Organisers who confirm that a slot is no product time."""
Kind = AgendaItem.Kind


@dataclass(slots=True)
class Slot:
    """An item with its clock, and what the rule makes of it."""

    item: AgendaItem
    begins: datetime
    sponsors: list[Organisation] = field(default_factory=list)
    """Sponsors of the group that the speaker has a tie to."""
    is_by_name: bool = False
    """By the name that was typed: no member was chosen who could have a tie."""
    confirmations: list[SlotConfirmation] = field(default_factory=list)
    """Those that count."""
    is_confirmed: bool = False
    is_unasked: bool = False
    """A vendor pays for this expert, and no member asked for the topic."""

    @property
    def counts(self) -> bool:
        """Against the cap."""
        return self.item.kind == Kind.PRODUCT or self.is_tied or self.is_unasked

    @property
    def is_tied(self) -> bool:
        """Product time by the speaker's tie."""
        return bool(self.sponsors) and not self.is_confirmed

    @property
    def is_product(self) -> bool:
        """It wears the label of product time."""
        return self.item.kind == Kind.PRODUCT or self.is_tied

    @property
    def named_sponsors(self) -> str:
        """As people say them."""
        return " and ".join(each.name for each in self.sponsors)


@dataclass(frozen=True, slots=True)
class Agenda:
    """All slots of an evening, and how much of it is product time."""

    slots: list[Slot]
    cap: int
    minutes_left: int

    @property
    def product_minutes(self) -> int:
        """What counts against the cap."""
        return sum(slot.item.minutes for slot in self.slots if slot.counts)

    @property
    def over(self) -> int:
        """Minutes above the cap."""
        return max(0, self.product_minutes - self.cap)


def rule_of(group: Group) -> ProductRule:
    """The group's own numbers, or the usual ones; one query, unless they came with the group."""
    rule: ProductRule | None = getattr(group, "product_rule", None)
    return rule or ProductRule(group_id=group.pk)


def items_of(meetup: Meetup) -> list[AgendaItem]:
    """The slots in their order, with all that a line of them shows; one query."""
    rows = AgendaItem.objects.filter(meetup=meetup).select_related("organisation", "speaker", "subject", "proposal")
    return list(rows.order_by("position", "pk"))


def of(meetup: Meetup, items: Iterable[AgendaItem] | None = None) -> Agenda:
    """The agenda, judged; one query where nobody speaks, up to seven more: ties, names, confirmations, paid experts."""
    slots, begins = [], meetup.starts_at
    for item in items_of(meetup) if items is None else items:
        slots.append(Slot(item, begins))
        begins += timedelta(minutes=item.minutes)
    day = day_of(meetup.starts_at)
    _tie(slots, meetup, day)
    _read_names(slots, meetup.group_id, day)
    _ask(slots, day)
    length = meetup.ends_at - meetup.starts_at
    left = int((length - (begins - meetup.starts_at)).total_seconds() // 60)
    return Agenda(slots, rule_of(meetup.group).cap(length), left)


def ties_to_sponsors(members: set[int], group_id: int, day: date) -> dict[int, list[Organisation]]:
    """Sponsors of a group on a day that these members have a tie of any kind to; one query."""
    sponsoring = Sponsorship.objects.running(day).filter(group=group_id).values("organisation")
    ties = Affiliation.objects.on(day).filter(member__in=members, organisation__in=sponsoring)
    found: dict[int, list[Organisation]] = defaultdict(list)
    for tie in ties.select_related("organisation").order_by("organisation__name"):
        found[tie.member_id].append(tie.organisation)
    return found


def _tie(slots: list[Slot], meetup: Meetup, day: date) -> None:
    spoken = [slot for slot in slots if slot.item.speaker_id and slot.item.kind != Kind.BREAK]
    speakers = {slot.item.speaker_id for slot in spoken if slot.item.speaker_id}
    ties = ties_to_sponsors(speakers, meetup.group_id, day) if speakers else {}
    tied = [slot for slot in spoken if slot.item.speaker_id in ties]
    if not tied:
        return
    rows = SlotConfirmation.objects.filter(item__in=[slot.item.pk for slot in tied]).select_related("organiser")
    said = list(rows.order_by("confirmed_at", "pk"))
    theirs = ties_to_sponsors({each.organiser_id for each in said}, meetup.group_id, day) if said else {}
    for slot in tied:
        slot.sponsors = ties[slot.item.speaker_id or 0]
        slot.confirmations = [each for each in said if _is_about(each, slot) and not theirs.get(each.organiser_id)]
        slot.is_confirmed = all(
            sum(each.organisation_id == sponsor.pk for each in slot.confirmations) >= NEEDED
            for sponsor in slot.sponsors
        )


def _read_names(slots: list[Slot], group_id: int, day: date) -> None:
    named = [slot for slot in slots if slot.item.speaker_name and slot.item.kind != Kind.BREAK]
    if not named:
        return
    known = _names_of_sponsors(group_id, day)
    for slot in named:
        found = {each.pk: each for name in names.in_it(slot.item.speaker_name) for each in known.get(name, ())}
        slot.sponsors = sorted(found.values(), key=lambda each: each.name)
        slot.is_by_name = bool(found)


def _names_of_sponsors(group_id: int, day: date) -> dict[str, list[Organisation]]:
    """Sponsors of a group on a day, by their names and by those of everybody with a tie to them; two queries."""
    known: dict[str, list[Organisation]] = defaultdict(list)
    sponsors = Organisation.objects.filter(
        pk__in=Sponsorship.objects.running(day).filter(group=group_id).values("organisation")
    )
    by_number = {each.pk: each for each in sponsors}
    if not by_number:
        return known
    for each in by_number.values():
        known[names.folded(each.name)].append(each)
    ties = Affiliation.objects.on(day).filter(organisation__in=by_number, member__departed_at=None)
    for name, handle, number in ties.values_list("member__display_name", "member__handle", "organisation"):
        for said in {names.folded(name), names.folded(handle)} - {""}:
            known[said].append(by_number[number])
    return known


def _is_about(said: SlotConfirmation, slot: Slot) -> bool:
    item = slot.item
    return (said.item_id, said.speaker_id, said.title) == (item.pk, item.speaker_id, item.title)


def _ask(slots: list[Slot], day: date) -> None:
    paid = [slot for slot in slots if slot.item.kind == Kind.EXPERT and slot.item.organisation_id]
    if not paid:
        return
    topics = {slot.item.proposal_id for slot in paid if slot.item.proposal_id}
    votes = Vote.objects.filter(proposal__in=topics).exclude(member=None)
    voters: dict[int, set[int]] = defaultdict(set)
    for topic, voter, author in votes.values_list("proposal", "member", "proposal__author"):
        if voter != author:
            voters[topic].add(voter)
    everyone = {voter for some in voters.values() for voter in some}
    payers = {slot.item.organisation_id for slot in paid}
    ties = Affiliation.objects.on(day).filter(member__in=everyone, organisation__in=payers) if everyone else None
    tied = set(ties.values_list("member", "organisation")) if ties is not None else set()
    for slot in paid:
        wanting = voters.get(slot.item.proposal_id or 0, set())
        slot.is_unasked = not any((voter, slot.item.organisation_id) not in tied for voter in wanting)
