"""Entries in the public book: written once, corrected by their opposite, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from community.actions.groups import light_tab
from community.models import Group, Member, Organisation
from community.models.period import day_of
from live.changes import changed
from sponsors.models import LedgerTransaction, Sponsorship, Transfer
from sponsors.policies.ledger import may_record


class NotBalanced(Exception):  # noqa: N818  (it says the outcome)
    """The lines cannot stand in the book."""


class InTheFuture(Exception):  # noqa: N818
    """The book says what has happened."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("The book says what has happened. Enter it when it has.")


class CorrectedAlready(Exception):  # noqa: N818
    """Each entry is corrected once."""

    def __init__(self) -> None:
        """Say it in words for people."""
        super().__init__("This entry has been corrected already. Make a new one if it is still not right.")


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` leaves `source` and reaches `destination`."""

    source: str
    destination: str
    amount: Decimal
    currency: str = "GBP"


def record(
    *,
    actor: Member,
    group: Group,
    organisation: Organisation | None,
    lines: Sequence[Line],
    happened_on: date,
    note: str,
    entry_key: str,
    at: datetime,
    sponsorship: Sponsorship | None = None,
) -> LedgerTransaction:
    """Book what has happened; the same `entry_key` again (a double click, a retry) finds what was booked."""
    may_record(actor, group, organisation, at).or_refuse()
    _must_stand(lines)
    if happened_on > day_of(at):
        raise InTheFuture
    if sponsorship and (sponsorship.group_id, sponsorship.organisation_id) != (
        group.pk,
        getattr(organisation, "pk", 0),
    ):
        raise NotBalanced("That sponsorship is of another vendor or another group.")
    entry = LedgerTransaction(
        group=group,
        organisation=organisation,
        sponsorship=sponsorship,
        happened_on=happened_on,
        note=note,
        recorded_by=actor,
        recorded_at=at,
        entry_key=entry_key,
        line_count=len(lines),
    )
    booked = _book(entry, lines)
    if (booked.group_id, booked.recorded_by_id) != (group.pk, actor.pk):
        raise NotBalanced("This form has been used before. Open it again.")
    return booked


def correct(*, actor: Member, entry: LedgerTransaction, why: str, at: datetime) -> LedgerTransaction:
    """Undo an entry by its opposite, dated today; both stay in the book."""
    may_record(actor, entry.group, entry.organisation, at).or_refuse()
    if entry.corrects_id is not None:
        raise NotBalanced("A correction is not corrected. Make a new entry.")
    opposite = [
        Line(each.destination, each.source, each.amount, each.currency) for each in entry.transfers.order_by("pk")
    ]
    correction = LedgerTransaction(
        group=entry.group,
        organisation=entry.organisation,
        sponsorship=entry.sponsorship,
        corrects=entry,
        happened_on=day_of(at),
        note=why,
        recorded_by=actor,
        recorded_at=at,
        entry_key=f"corrects:{entry.pk}",
        line_count=len(opposite),
    )
    if LedgerTransaction.objects.filter(corrects=entry).exists():
        raise CorrectedAlready
    booked = _book(correction, opposite)
    if booked is not correction:
        raise CorrectedAlready
    return booked


def _must_stand(lines: Sequence[Line]) -> None:
    if not lines:
        raise NotBalanced("Say at least one sum.")
    for line in lines:
        if line.amount <= 0:
            raise NotBalanced("A sum is more than nothing.")
        if line.source == line.destination:
            raise NotBalanced("Value comes from one place and goes to another.")


def _book(entry: LedgerTransaction, lines: Sequence[Line]) -> LedgerTransaction:
    """Write it, unless its key stands in the book already."""
    try:
        with transaction.atomic():
            changed("sponsors")
            entry.save(force_insert=True)
            Transfer.objects.bulk_create(
                Transfer(
                    transaction=entry,
                    source=line.source,
                    destination=line.destination,
                    amount=line.amount,
                    currency=line.currency,
                )
                for line in lines
            )
            light_tab(entry.group, "sponsors")
            return entry
    except IntegrityError:
        booked = LedgerTransaction.objects.filter(entry_key=entry.entry_key).first()
        if booked is None:
            raise
        return booked
