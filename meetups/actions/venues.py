"""Places to meet."""

from datetime import datetime

from django.db import transaction

from community.models import Group, Member
from meetups.actions import dates, stamps
from meetups.models import Venue
from meetups.policies import may_run


def add(*, actor: Member, group: Group, name: str, address: str = "", access_notes: str = "", at: datetime) -> Venue:
    """A place of this group, to be used again."""
    may_run(actor, group).or_refuse()
    return Venue.objects.create(
        group=group, name=name.strip(), address=address.strip(), access_notes=access_notes.strip(), created_at=at
    )


def amend(*, actor: Member, venue: Venue, name: str, address: str, access_notes: str, at: datetime) -> Venue:
    """Correct what is said of a place; evenings there show it at once, calendars when they next ask."""
    may_run(actor, venue.group).or_refuse()
    with transaction.atomic():
        dates.lock(venue.group_id)
        held = Venue.objects.get(pk=venue.pk)
        is_moved = (held.name, held.address) != (name.strip(), address.strip())
        held.name, held.address, held.access_notes = name.strip(), address.strip(), access_notes.strip()
        held.save(update_fields=["name", "address", "access_notes"])
        if is_moved:
            stamps.moved(held, at)
        return held
