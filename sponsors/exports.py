"""What a member takes along from here."""

from collections.abc import Iterable
from typing import Any

from community.models import Member
from sponsors.models import LedgerTransaction, Sponsorship, VendorEvent


def sponsorships(member: Member) -> Iterable[dict[str, Any]]:
    """Offers they made for an organisation."""
    rows = Sponsorship.objects.filter(proposed_by=member).select_related("organisation", "group").order_by("pk")
    for row in rows:
        yield {
            "organisation": row.organisation.name,
            "group": row.group.name,
            "gives": row.gives,
            "worth": f"{row.amount} {row.currency}",
            "from": row.starts_on.isoformat(),
            "until": row.ends_on.isoformat(),
            "state": row.state,
            "proposed_at": row.proposed_at.isoformat(),
        }


def events(member: Member) -> Iterable[dict[str, Any]]:
    """Event pages they wrote."""
    rows = VendorEvent.objects.filter(written_by=member).select_related("organisation", "group").order_by("pk")
    for row in rows:
        yield {
            "organisation": row.organisation.name,
            "group": row.group.name,
            "title": row.title,
            "summary": row.summary,
            "text": row.body,
            "starts_at": row.starts_at.isoformat(),
            "ends_at": row.ends_at.isoformat(),
            "state": row.state,
            "written_at": row.created_at.isoformat(),
        }


def entries(member: Member) -> Iterable[dict[str, Any]]:
    """What they wrote in the public book."""
    rows = LedgerTransaction.objects.filter(recorded_by=member).select_related("organisation", "group")
    for row in rows.prefetch_related("transfers").order_by("pk"):
        yield {
            "group": row.group.name,
            "organisation": row.organisation.name if row.organisation else "",
            "date": row.happened_on.isoformat(),
            "note": row.note,
            "lines": [str(line) for line in row.transfers.all()],
            "recorded_at": row.recorded_at.isoformat(),
        }
