"""A group begins: its page, its place, its rhythm and twelve months of evenings, all at once or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community.actions import groups
from community.models import Group, Member
from community.places import Place
from meetups.actions import series, venues
from meetups.actions.series import Usual
from meetups.rhythm import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the page asks for. A venue without a name is a place to be announced."""

    name: str
    place: Place
    topic: str = ""
    venue_name: str = ""
    venue_address: str = ""


def start(*, founder: Member, beginning: Beginning, rule: Rule, usual: Usual, at: datetime) -> Group:
    """Found the group, plan its year; raises what `series.plan` raises, and then nothing is left behind."""
    with transaction.atomic():
        group = groups.found(
            founder=founder,
            name=beginning.name,
            place=beginning.place,
            about="",
            topic=beginning.topic,
            time_zone=usual.time_zone,
            at=at,
        )
        venue = None
        if beginning.venue_name:
            venue = venues.add(
                actor=founder, group=group, name=beginning.venue_name, address=beginning.venue_address, at=at
            )
        series.plan(actor=founder, group=group, rule=rule, usual=usual.at_venue(venue), at=at)
        group.refresh_from_db()
        return group
