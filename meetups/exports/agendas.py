"""Topics and votes."""

from collections.abc import Iterator
from typing import Any

from community.models import Member
from meetups.models import Proposal, Vote


def proposals(member: Member) -> Iterator[dict[str, Any]]:
    """Every topic they proposed, as typed."""
    for each in Proposal.objects.filter(author=member).select_related("group", "subject").order_by("pk"):
        yield {
            "group": each.group.name,
            "title": each.title,
            "subject": each.subject.name if each.subject else "",
            "text": each.body,
            "state": each.get_state_display(),
            "proposed_at": each.created_at.isoformat(),
            "hidden": each.hidden_at is not None,
        }


def votes(member: Member) -> Iterator[dict[str, Any]]:
    """Every topic they wanted too."""
    for each in Vote.objects.filter(member=member).select_related("proposal__group").order_by("pk"):
        yield {
            "group": each.proposal.group.name,
            "title": each.proposal.title,
            "voted_at": each.voted_at.isoformat(),
        }


ALL = {"proposals": proposals, "topic_votes": votes}
