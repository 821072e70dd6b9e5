"""What is held of a member here, for their download."""

from collections.abc import Iterable
from typing import Any

from moderation.models import Decision, Report


def reports(member: Any) -> Iterable[Any]:
    """What they reported."""
    rows = Report.objects.filter(reporter=member).order_by("pk")
    return rows.values("target_kind", "target_id", "rule__title", "text", "state", "made_at", "settled_at")


def decisions(member: Any) -> Iterable[Any]:
    """What was decided about them, with the reasons; not by whom."""
    rows = Decision.objects.filter(author=member).order_by("pk")
    return rows.values(
        "target_kind",
        "target_id",
        "kind",
        "sanction",
        "sanction_until",
        "rule__title",
        "reason",
        "facts",
        "is_automated",
        "decided_at",
        "reversed_at",
        "reversed_why",
    )
