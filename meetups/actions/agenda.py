"""What an evening is about: slots in their order. Product time is capped by the group (`product_time`)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from community.models import Member, Organisation
from community.verdicts import NotAllowed
from meetups import notices
from meetups.actions import product_time, proposals, seats
from meetups.actions.product_time import TooMuchProduct
from meetups.models import AgendaItem, Meetup, Proposal, Subject
from meetups.policies import may_change, role_of
from meetups.queries import product_time as judging

State = Proposal.State
USUAL_MINUTES = 20

__all__ = ["Facts", "TooMuchProduct", "add", "amend", "arrange", "move", "publish", "release", "remove", "take"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that an organiser says of a slot."""

    title: str
    minutes: int
    kind: str
    subject: Subject | None = None
    speaker: Member | None = None
    speaker_name: str = ""
    organisation: Organisation | None = None


def add(
    *,
    actor: Member,
    meetup: Meetup,
    title: str,
    minutes: int,
    kind: str,
    subject: Subject | None = None,
    speaker: Member | None = None,
    speaker_name: str = "",
    organisation: Organisation | None = None,
    at: datetime,
) -> AgendaItem:
    """Put a slot at the end; a published agenda raises `TooMuchProduct` by how much it would be over the cap."""
    facts = Facts(
        title=title,
        minutes=minutes,
        kind=kind,
        subject=subject,
        speaker=speaker,
        speaker_name=speaker_name,
        organisation=organisation,
    )
    with _tending(actor, meetup, at) as held:
        item = AgendaItem(meetup=held, position=_last(held) + 1)
        _write(item, facts, held)
        if item.speaker:
            notices.speaking(held, item, actor, at)
    return item


def amend(*, actor: Member, item: AgendaItem, facts: Facts, at: datetime) -> AgendaItem:
    """Change a slot; who is put down to speak is told. Raises `TooMuchProduct` as `add` does."""
    with _tending(actor, item.meetup, at) as held:
        kept = _again(item, held)
        before = kept.speaker_id
        _write(kept, facts, held)
        if kept.speaker and kept.speaker_id != before:
            notices.speaking(held, kept, actor, at)
    return kept


def take(
    *, actor: Member, meetup: Meetup, proposal: Proposal, minutes: int = USUAL_MINUTES, at: datetime
) -> AgendaItem:
    """A topic of the group becomes a slot at the end, and whoever proposed it is told; twice is once."""
    with _tending(actor, meetup, at) as held:
        topic = proposals.locked(proposal.pk)
        if there := held.agenda_items.filter(proposal=topic).first():
            return there
        if topic.state != State.OPEN or topic.hidden_at or topic.group_id != held.group_id:
            raise NotAllowed("This topic is not waiting any more. Look at the list again.")
        topic.state, topic.votes_closed_at = State.TAKEN, at if held.agenda_published_at else None
        topic.save(update_fields=["state", "votes_closed_at"])
        item = AgendaItem.objects.create(
            meetup=held,
            position=_last(held) + 1,
            title=topic.title,
            minutes=minutes,
            subject=topic.subject,
            proposal=topic,
        )
        proposals.tell(topic)
        notices.slotted(held, topic, actor, at)
    return item


def move(*, actor: Member, item: AgendaItem, steps: int, at: datetime) -> None:
    """Earlier (-1) or later (1); positions are 1 to n again afterwards."""
    with _tending(actor, item.meetup, at) as held:
        order = list(held.agenda_items.order_by("position", "pk"))
        here = next((index for index, each in enumerate(order) if each.pk == item.pk), None)
        if here is not None:
            order.insert(max(0, here + steps), order.pop(here))
            _number(order)


def arrange(*, actor: Member, meetup: Meetup, order: Sequence[int], at: datetime) -> None:
    """Slots in the order of these ids; those not named keep theirs, after them."""
    places = {pk: place for place, pk in enumerate(order)}
    with _tending(actor, meetup, at) as held:
        rows = list(held.agenda_items.order_by("position", "pk"))
        _number(sorted(rows, key=lambda each: places.get(each.pk, len(places))))


def remove(*, actor: Member, item: AgendaItem, at: datetime) -> None:
    """Take a slot out; its topic waits again."""
    with _tending(actor, item.meetup, at) as held:
        held.agenda_items.filter(pk=item.pk).delete()
        if item.proposal_id:
            release([item.proposal_id])


def publish(*, actor: Member, meetup: Meetup, at: datetime) -> None:
    """Out with it, and the votes for its topics stand; twice is once. Raises `TooMuchProduct`, by how much."""
    with _tending(actor, meetup, at) as held:
        if held.agenda_published_at:
            return
        agenda = judging.of(held)
        if not agenda.slots:
            raise NotAllowed("There is nothing on the agenda yet. Put a slot on it first.")
        if agenda.over:
            raise TooMuchProduct(agenda.over, agenda.cap)
        topics = [slot.item.proposal_id for slot in agenda.slots if slot.item.proposal_id]
        for pk in sorted(topics):
            topic = proposals.locked(pk)
            topic.votes_closed_at = topic.votes_closed_at or at
            topic.save(update_fields=["votes_closed_at"])
        held.agenda_published_at = at


def release(topics: Sequence[int]) -> None:
    """Topics that no evening to come has any more wait again, and can be voted on."""
    for pk in sorted(topics):
        topic = proposals.locked(pk)
        live = topic.slots.exclude(meetup__state=Meetup.State.CANCELLED)
        if topic.state == State.TAKEN and not live.exists():
            topic.state, topic.votes_closed_at = State.OPEN, None
            topic.save(update_fields=["state", "votes_closed_at"])
            proposals.tell(topic)


@contextmanager
def _tending(actor: Member, meetup: Meetup, at: datetime) -> Iterator[Meetup]:
    """Allow, lock, ask again; the cap is kept and open pages are told afterwards."""
    may_change(actor, meetup, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        may_change(actor, held, at).or_refuse()
        with product_time.kept(held):
            yield held


def _write(item: AgendaItem, facts: Facts, held: Meetup) -> None:
    if facts.speaker is not None and not role_of(facts.speaker, held.group):
        raise NotAllowed(f"{facts.speaker.shown_name} is not in {held.group.name}. Write the name instead.")
    item.title, item.minutes, item.kind = " ".join(facts.title.split()), facts.minutes, facts.kind
    item.subject, item.organisation = facts.subject, facts.organisation
    item.speaker, item.speaker_name = facts.speaker, "" if facts.speaker else facts.speaker_name.strip()
    item.save()


def _again(item: AgendaItem, held: Meetup) -> AgendaItem:
    kept = held.agenda_items.select_related("speaker").filter(pk=item.pk).first()
    if kept is None:
        raise NotAllowed("This slot was taken off the agenda meanwhile.")
    return kept


def _last(held: Meetup) -> int:
    return held.agenda_items.aggregate(last=Max("position"))["last"] or 0


def _number(order: list[AgendaItem]) -> None:
    for position, each in enumerate(order, start=1):
        each.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
