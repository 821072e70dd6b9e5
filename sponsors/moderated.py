"""A vendor's event, as moderation judges it."""

from datetime import datetime

from django.utils import timezone

from community.models import Member
from moderation.registry import Kind, Subject
from sponsors.actions import events
from sponsors.models import VendorEvent
from sponsors.policies.events import may_see


def find(number: int) -> Subject | None:
    """The event, whoever may see it."""
    event = _event(number)
    if event is None:
        return None
    return Subject(
        kind="vendor-event",
        id=event.pk,
        author=event.written_by,
        group=event.group,
        title=f"{event.title} ({event.organisation.name}, vendor)",
        text="\n\n".join(part for part in (event.summary, event.body) if part),
        html=event.body_html,
        url=event.get_absolute_url(),
        is_hidden=event.hidden_at is not None,
    )


def visible_to(member: Member | None, number: int) -> bool:
    """Whether they see its page."""
    event = _event(number)
    return event is not None and bool(may_see(member, event, timezone.now()))


def hide(number: int, at: datetime) -> None:
    """Out of pages, calendars and feeds."""
    events.hide(event_id=number, at=at)


def restore(number: int, at: datetime) -> None:
    """Back to where it stood."""
    events.restore(event_id=number)


def _event(number: int) -> VendorEvent | None:
    return VendorEvent.objects.select_related("group", "organisation", "written_by").filter(pk=number).first()


KIND = Kind("vendor-event", "a vendor's event", find, visible_to, hide, restore)
