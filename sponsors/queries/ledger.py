"""The public book, read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum

from community.models import Group, Membership, Organisation
from sponsors.models import LedgerTransaction, Transfer
from sponsors.models.ledger import Account

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """Which part of the book."""

    group: str = ""
    organisation: str = ""
    year: int | None = None

    def of(self, entries: "QuerySet[LedgerTransaction]") -> "QuerySet[LedgerTransaction]":
        """The entries it means."""
        if self.group:
            entries = entries.filter(group__slug=self.group)
        if self.organisation:
            entries = entries.filter(organisation__slug=self.organisation)
        return entries.filter(happened_on__year=self.year) if self.year else entries


@dataclass(frozen=True, slots=True)
class Total:
    """What went through one account in one currency."""

    account: str
    currency: str
    amount: Decimal
    is_given: bool
    """More went out of it than came in."""


def entries(choice: Choice) -> "QuerySet[LedgerTransaction]":
    """Newest first, with their lines; two queries."""
    found = choice.of(LedgerTransaction.objects.select_related("group", "organisation", "recorded_by", "corrected_by"))
    lines = Prefetch("transfers", Transfer.objects.order_by("pk"))
    return found.prefetch_related(lines).order_by("-happened_on", "-pk")


def totals(choice: Choice) -> list[Total]:
    """By account and currency, over all that is chosen; one query."""
    lines = Transfer.objects.filter(transaction__in=choice.of(LedgerTransaction.objects.all()))
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines.values("source", "destination", "currency").annotate(sum=Sum("amount")).order_by():
        for account, sign in ((line["source"], -1), (line["destination"], 1)):
            key = (account, line["currency"])
            sums[key] = sums.get(key, Decimal(0)) + sign * line["sum"]
    order = list(Account.values)
    return [
        Total(Account(account).label, currency, abs(total), total < 0)
        for (account, currency), total in sorted(sums.items(), key=lambda each: (each[0][1], order.index(each[0][0])))
        if total
    ]


def choices() -> tuple[list[Group], list[Organisation], list[int]]:
    """What the book can be narrowed to: only what stands in it; three queries."""
    years = LedgerTransaction.objects.dates("happened_on", "year", order="DESC")
    return (
        list(Group.objects.filter(ledger__isnull=False).distinct().order_by("name")),
        list(Organisation.objects.filter(ledger__isnull=False).distinct().order_by("name")),
        [day.year for day in years],
    )


def organised_by(member_id: int | None) -> set[int]:
    """Ids of the groups whose book this member writes; one query, none for visitors."""
    if member_id is None:
        return set()
    return set(Membership.objects.live().organising().filter(member=member_id).values_list("group_id", flat=True))


def rows(choice: Choice) -> Iterator[tuple[LedgerTransaction, str, Decimal, str]]:
    """(entry, account, amount, currency) of the whole book, oldest entry first.

    Each transfer leaves one account and reaches another, so every entry sums to zero. Read in pieces by key: constant
    memory, no cursor kept open.
    """
    last = 0
    while True:
        found = choice.of(LedgerTransaction.objects.filter(pk__gt=last))
        piece = list(
            found.select_related("group", "organisation")
            .prefetch_related(Prefetch("transfers", Transfer.objects.order_by("pk")))
            .order_by("pk")[:CHUNK]
        )
        for entry in piece:
            for line in entry.transfers.all():
                yield entry, line.source, -line.amount, line.currency
                yield entry, line.destination, line.amount, line.currency
        if len(piece) < CHUNK:
            return
        last = piece[-1].pk
