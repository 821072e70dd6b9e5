"""Who hears of an offer and what became of it."""

from datetime import datetime

from django.urls import reverse

from community.models import Affiliation, Member
from notifications.actions.notify import Message, tell
from sponsors.models import Sponsorship
from sponsors.notices.judges import judges


def proposed(sponsorship: Sponsorship, actor: Member, at: datetime) -> None:
    """Organisers of the group who are free to decide."""
    message = _message(
        sponsorship,
        "proposed",
        title=f"{sponsorship.organisation.name} offers to sponsor {sponsorship.group.name}",
        excerpt=sponsorship.gives,
    )
    tell(judges(sponsorship.group, sponsorship.organisation, actor), message, at=at, actor_id=actor.pk)


def settled(sponsorship: Sponsorship, actor: Member, at: datetime) -> None:
    """Who proposed it."""
    verb = "accepted" if sponsorship.state == Sponsorship.State.ACCEPTED else "declined"
    message = _message(
        sponsorship,
        "settled",
        title=f"{sponsorship.group.name} {verb} what {sponsorship.organisation.name} offered",
        excerpt=sponsorship.settled_why,
    )
    tell([sponsorship.proposed_by_id] if sponsorship.proposed_by_id else [], message, at=at, actor_id=actor.pk)


def ended(sponsorship: Sponsorship, actor: Member, at: datetime) -> None:
    """Both sides: the group's organisers, and who proposed it."""
    message = _message(
        sponsorship,
        "ended",
        title=f"{sponsorship.organisation.name} no longer sponsors {sponsorship.group.name}",
        excerpt=sponsorship.ended_why,
    )
    both = {*judges(sponsorship.group, sponsorship.organisation, actor), sponsorship.proposed_by_id} - {None}
    tell([pk for pk in both if pk is not None], message, at=at, actor_id=actor.pk)


def represents(tie: Affiliation, actor: Member, at: datetime) -> None:
    """Whom it concerns."""
    may = "may now write" if tie.represents_since else "no longer write"
    message = Message(
        kind="sponsors.represents",
        title=f"You {may} for {tie.organisation.name}",
        url=reverse("sponsors:organisation", args=[tie.organisation.slug]),
        dedupe=f"represents:{tie.pk}:{at.isoformat()}",
        subject=f"organisation:{tie.organisation_id}",
    )
    tell([tie.member_id], message, at=at, actor_id=actor.pk)


def _message(sponsorship: Sponsorship, what: str, *, title: str, excerpt: str) -> Message:
    return Message(
        kind=f"sponsors.{what}",
        title=title,
        excerpt=excerpt,
        url=reverse("sponsors:group", args=[sponsorship.group.slug]),
        dedupe=f"sponsorship:{sponsorship.pk}:{what}",
        scope=sponsorship.group.scope,
        subject=f"sponsorship:{sponsorship.pk}",
    )
