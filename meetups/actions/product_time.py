"""The cap on product time, kept under the lock of the meetup whatever changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from community.actions import log
from community.models import Group, Member
from live.publish import publish
from meetups.actions import dates
from meetups.models import Meetup, ProductRule
from meetups.policies import may_run
from meetups.queries import product_time
from meetups.queries.product_time import Agenda


class TooMuchProduct(Exception):  # noqa: N818  (it says the outcome)
    """The agenda would go over the cap."""

    def __init__(self, over: int, cap: int) -> None:
        """Say by how much."""
        self.over, self.cap = over, cap
        super().__init__(
            f"That is {over} minute{'s' if over != 1 else ''} too much product time: this evening carries {cap}. "
            "Shorten the slot, or make it a peer's."
        )


@contextmanager
def kept(held: Meetup) -> Iterator[None]:
    """Around a change of a locked meetup's agenda: what is published never goes over the cap by it.

    Raises `TooMuchProduct`, and with it the transaction ends. An agenda that is over already, because a tie became
    known since, may be made better step by step: as long as it is over, it is a draft again.
    """
    before = product_time.of(held).product_minutes if held.agenda_published_at else 0
    yield
    agenda = product_time.of(held)
    if held.agenda_published_at and agenda.over and agenda.product_minutes > before:
        raise TooMuchProduct(agenda.over, agenda.cap)
    count(held, agenda)


def count(held: Meetup, agenda: Agenda | None = None) -> None:
    """Write how much of a locked meetup is product time, and tell open pages; over its cap it is a draft again."""
    agenda = agenda or product_time.of(held)
    was_out = held.agenda_published_at is not None
    held.product_minutes, held.product_cap = agenda.product_minutes, agenda.cap
    if agenda.over:
        held.agenda_published_at = None
    held.save(update_fields=["product_minutes", "product_cap", "agenda_published_at"])
    if was_out:
        dates.shown_anew(held.group_id)  # lists say what a published agenda is about
    publish(f"meetup:{held.pk}", "agenda.changed", {"id": held.pk})


def set_rule(*, actor: Member, group: Group, minutes: int, percent: int, at: datetime) -> ProductRule:
    """The group's own numbers, on the record; agendas that are out and over the new cap are drafts again."""
    may_run(actor, group).or_refuse()
    with transaction.atomic():
        evenings = Meetup.objects.select_for_update(of=("self",), no_key=True).filter(group=group, ends_at__gt=at)
        concerned = list(evenings.exclude(agenda_published_at=None).order_by("pk"))
        rule, _ = ProductRule.objects.update_or_create(group=group, defaults={"minutes": minutes, "percent": percent})
        for held in concerned:
            count(held)
        dates.shown_anew(group.pk)
        words = f"Product time of an evening is {minutes} minutes at most, and {percent} % of it."
        log.record(group=group, actor=actor, kind="agenda.rule", text=words, at=at)
    return rule
