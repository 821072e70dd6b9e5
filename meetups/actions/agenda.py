"""What an evening is about: slots added, moved, taken out. Product time is capped."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum

from community.models import Member, Organisation
from live.publish import publish
from meetups.actions import seats
from meetups.models import AgendaItem, Meetup
from meetups.policies import may_change
from meetups.text import product_cap


class TooMuchProduct(Exception):  # noqa: N818  (it says the outcome)
    """More product time than an evening of peers carries."""

    def __init__(self, over: int, cap: int) -> None:
        """Say by how much."""
        self.over, self.cap = over, cap
        super().__init__(
            f"That is {over} minute{'s' if over != 1 else ''} too much product time: this evening carries {cap}. "
            "Shorten the slot, or make it a peer's."
        )


def add(
    *,
    actor: Member,
    meetup: Meetup,
    title: str,
    minutes: int,
    kind: str,
    speaker_name: str = "",
    organisation: Organisation | None = None,
    at: datetime,
) -> AgendaItem:
    """Put a slot at the end; raises `TooMuchProduct` by how much it is over the cap."""
    may_change(actor, meetup, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(meetup.pk)
        may_change(actor, held, at).or_refuse()
        if kind == AgendaItem.Kind.PRODUCT:
            _check_cap(held, minutes)
        last = held.agenda_items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem.objects.create(
            meetup=held,
            position=last + 1,
            title=title.strip(),
            minutes=minutes,
            kind=kind,
            speaker_name=speaker_name.strip(),
            organisation=organisation,
        )
        publish(f"meetup:{held.pk}", "agenda.changed", {"id": held.pk})
        return item


def move(*, actor: Member, item: AgendaItem, steps: int, at: datetime) -> None:
    """Earlier (-1) or later (1); positions are 1 to n again afterwards."""
    may_change(actor, item.meetup, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(item.meetup_id)
        order = list(held.agenda_items.order_by("position", "pk"))
        here = next((index for index, each in enumerate(order) if each.pk == item.pk), None)
        if here is None:
            return
        order.insert(max(0, here + steps), order.pop(here))
        for position, each in enumerate(order, start=1):
            each.position = position
        AgendaItem.objects.bulk_update(order, ["position"])
        publish(f"meetup:{held.pk}", "agenda.changed", {"id": held.pk})


def remove(*, actor: Member, item: AgendaItem, at: datetime) -> None:
    """Take a slot out."""
    may_change(actor, item.meetup, at).or_refuse()
    with transaction.atomic():
        held = seats.locked(item.meetup_id)
        held.agenda_items.filter(pk=item.pk).delete()
        publish(f"meetup:{held.pk}", "agenda.changed", {"id": held.pk})


def _check_cap(meetup: Meetup, minutes: int) -> None:
    cap = product_cap(meetup)
    there = meetup.agenda_items.filter(kind=AgendaItem.Kind.PRODUCT).aggregate(sum=Sum("minutes"))["sum"] or 0
    if there + minutes > cap:
        raise TooMuchProduct(there + minutes - cap, cap)
