"""Decisions, with what followed from them."""

from community.models import Sanction
from moderation.models import Decision


def stops_everywhere(decision: Decision) -> bool:
    """Whether its pause counts for the whole site; one query."""
    return bool(decision.sanction) and Sanction.objects.filter(decision_number=decision.pk, group=None).exists()
