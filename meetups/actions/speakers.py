"""Who speaks: a slot is claimed and given back; two organisers may say that a sponsor's person brings no product."""

from datetime import datetime

from django.db import transaction

from community.actions import log
from community.models import Member, Organisation
from community.models.period import day_of
from community.verdicts import NotAllowed
from meetups import notices
from meetups.actions import product_time, seats
from meetups.models import AgendaItem, SlotConfirmation
from meetups.policies import may_change
from meetups.policies.slots import may_claim, may_confirm
from meetups.queries.product_time import ties_to_sponsors

GONE = "This slot was taken off the agenda meanwhile."


def claim(*, member: Member, item: AgendaItem, at: datetime) -> None:
    """Take a free slot to speak; twice is once. Raises `NotAllowed`; a published agenda, `TooMuchProduct`."""
    with transaction.atomic():
        held = seats.locked(item.meetup_id)
        kept = held.agenda_items.select_related("speaker").filter(pk=item.pk).first()
        if kept is None:
            raise NotAllowed(GONE)
        if kept.speaker_id == member.pk:
            return
        may_claim(member, kept, held, at).or_refuse()
        with product_time.kept(held):
            kept.speaker = member
            kept.save(update_fields=["speaker"])
        notices.claimed(held, kept, member, at)


def give_back(*, member: Member, item: AgendaItem, at: datetime) -> None:
    """Somebody else may have it; twice is once. Raises `NotAllowed` once the evening has begun."""
    with transaction.atomic():
        held = seats.locked(item.meetup_id)
        if held.starts_at <= at:
            raise NotAllowed("The evening has begun. Tell the organisers.")
        mine = held.agenda_items.filter(pk=item.pk, speaker=member)
        if not mine.exists():
            return
        with product_time.kept(held):
            mine.update(speaker=None)
        notices.given_back(held, item, member, at)


def confirm(*, actor: Member, item: AgendaItem, reason: str, at: datetime) -> None:
    """One organiser's word that this slot is no product time, with a reason, for all to read; twice is once.

    Raises `NotAllowed`: the speaker's own word does not count, nor that of somebody with a tie to the same sponsor.
    """
    with transaction.atomic():
        held = seats.locked(item.meetup_id)
        may_change(actor, held, at).or_refuse()
        kept = held.agenda_items.select_related("speaker").filter(pk=item.pk).first()
        if kept is None or kept.speaker is None or kept.kind == AgendaItem.Kind.PRODUCT:
            raise NotAllowed("There is nothing to confirm about this slot.")
        sponsors = ties_to_sponsors({kept.speaker.pk}, held.group_id, day_of(held.starts_at)).get(kept.speaker.pk, [])
        if not sponsors:
            raise NotAllowed("Its speaker has no tie to a sponsor of this group: it is no product time anyway.")
        may_confirm(actor, kept, held, sponsors, at).or_refuse()
        if not reason.strip():
            raise NotAllowed("Say why it is no product time. Everybody can read it.")
        with product_time.kept(held):
            _record(actor, kept, kept.speaker, sponsors, reason.strip(), at)


def _record(
    actor: Member, item: AgendaItem, speaker: Member, sponsors: list[Organisation], reason: str, at: datetime
) -> None:
    said = SlotConfirmation.objects.filter(item=item, speaker=speaker, title=item.title, organiser=actor)
    there = set(said.values_list("organisation", flat=True))
    new = [each for each in sponsors if each.pk not in there]
    SlotConfirmation.objects.bulk_create(
        SlotConfirmation(
            item=item,
            speaker=speaker,
            organisation=each,
            organiser=actor,
            title=item.title,
            reason=reason,
            confirmed_at=at,
        )
        for each in new
    )
    for each in new:
        words = f"“{item.title}” is no product time, though its speaker has a tie to {each.name}. Why: {reason}"
        data = {"member": speaker.pk, "meetup": item.meetup_id}
        log.record(group=item.meetup.group, actor=actor, kind="agenda.confirmed", text=words, at=at, data=data)
