"""Who hears of a vendor's event before it is published."""

from datetime import datetime

from django.urls import reverse

from community.models import Member
from notifications.actions.notify import Message, tell
from sponsors.models import VendorEvent
from sponsors.notices.judges import judges


def event_waiting(event: VendorEvent, actor: Member, at: datetime) -> None:
    """Organisers of the group who are free to decide."""
    message = Message(
        kind="sponsors.event_waiting",
        title=f"{event.organisation.name} would like to show {event.group.name} an event: {event.title}",
        excerpt=event.summary,
        url=reverse("sponsors:event-review", args=[event.organisation.slug, event.slug]),
        dedupe=f"vendor-event:{event.pk}:waiting:{event.sequence}",
        scope=event.group.scope,
        subject=f"vendor-event:{event.pk}",
    )
    tell(judges(event.group, event.organisation, actor), message, at=at, actor_id=actor.pk)


def event_settled(event: VendorEvent, actor: Member, at: datetime) -> None:
    """Who wrote it."""
    verb = "published" if event.state == VendorEvent.State.APPROVED else "declined"
    message = Message(
        kind="sponsors.event_settled",
        title=f"{event.group.name} {verb} {event.title}",
        excerpt=event.settled_why,
        url=event.get_absolute_url(),
        dedupe=f"vendor-event:{event.pk}:settled:{event.sequence}:{at.isoformat()}",
        scope=event.group.scope,
        subject=f"vendor-event:{event.pk}",
    )
    tell([event.written_by_id] if event.written_by_id else [], message, at=at, actor_id=actor.pk)
