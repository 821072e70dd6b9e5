"""Who hears of claims."""

from datetime import datetime

from django.urls import reverse

from community.models import Claim
from community.notices.groups import site_moderators
from notifications.actions.notify import Message, tell


def claimed(claim: Claim, at: datetime) -> None:
    """Those who moderate the site."""
    message = Message(
        kind="community.claimed",
        title=f"{claim.member.shown_name} says {claim.group.name} is theirs to organise",
        excerpt=claim.evidence[:300],
        url=reverse("community:claims"),
        dedupe=f"claim:{claim.pk}",
        subject="claims",
    )
    tell(site_moderators(), message, at=at, actor_id=claim.member_id)


def settled(claim: Claim, at: datetime) -> None:
    """The claimant."""
    group = claim.group
    accepted = claim.state == Claim.State.ACCEPTED
    message = Message(
        kind="community.claim_settled",
        title=f"{group.name} is yours to organise" if accepted else f"Your claim of {group.name} was declined",
        excerpt="Plan the first evening, and tell the others." if accepted else claim.answer,
        url=reverse("community:manage" if accepted else "community:claim", args=[group.slug]),
        dedupe=f"claim:{claim.pk}:{claim.state}",
        scope=group.scope,
        subject="claims",
    )
    tell([claim.member_id], message, at=at, actor_id=claim.settled_by_id)
