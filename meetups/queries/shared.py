"""What the page of an evening shows to everybody: read once, and kept until it changes.

Only what every reader may see of a public evening, and its row. Whether a reader may see the link to join, or who
comes, is asked anew each time (`meetups.policies`), and their own answer is never kept.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from community import registry
from community.models import Member
from live.kept import Kept
from meetups.models import Meetup, Rsvp, RsvpQuestion
from meetups.queries import evenings, people, proposals
from meetups.queries.mine import Mine

A_MOMENT = timedelta(seconds=5)
"""For so long after an answer its member reads the rows themselves: another process may not have heard of it yet."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An evening as it was read at `read_at`; None where it is not public."""

    meetup: Meetup | None
    read_at: datetime
    coming: people.Coming = field(default_factory=people.Coming)
    labels: dict[int, registry.Label] = field(default_factory=dict)
    has_topics: bool = False

    def is_older_than(self, answer: Rsvp | None) -> bool:
        """It may not know of this answer yet."""
        return answer is not None and answer.changed_at > self.read_at - A_MOMENT


_kept: Kept[Shared] = Kept(most=1_000)


def of(number: int) -> Shared:
    """The evening; a few queries, and none while it is kept."""
    return _kept.get(number, lambda found: _parts(number, found), lambda: read(number))


def read(number: int) -> Shared:
    """The evening as it is now."""
    at = timezone.now()
    meetup = evenings.one(number, None)
    if meetup is None:
        return Shared(None, at)
    coming = people.coming(meetup) if meetup.going_count else people.Coming()
    wanted = proposals.most_wanted(meetup.group, None, 1)
    return Shared(meetup, at, coming, labels(coming, meetup), bool(wanted))


def labels(coming: people.Coming, meetup: Meetup) -> dict[int, registry.Label]:
    """What must be said beside the names on this page."""
    speakers = {item.speaker_id for item in meetup.agenda_items.all() if item.speaker_id}
    named = {rsvp.member_id for rsvp in coming.named} | speakers
    return registry.labels(named, meetup.group) if named else {}


def as_read_by(shared: Shared, member: Member, own: Mine) -> Meetup | None:
    """The evening with what `evenings.one` says of this reader; a query where it asks something of who comes."""
    if shared.meetup is None:
        return None
    meetup = copy(shared.meetup)
    is_asking: bool = getattr(meetup, "is_asking", False)
    asked = RsvpQuestion.objects.filter(meetup=meetup.pk)
    is_open = is_asking and own.answer is not None and asked.exclude(replies__member=member.pk).exists()
    for name, value in (("stands", own.stands), ("is_open_to_reply", is_open)):
        setattr(meetup, name, value)
    return meetup


def _parts(number: int, found: Shared) -> tuple[str, ...]:
    parts = ["site", "sponsors", f"meetup:{number}"]
    if found.meetup is not None:
        parts.append(f"evenings:{found.meetup.group_id}")
        parts += [f"topic:{found.meetup.topic_id}"] if found.meetup.topic_id else []
    return tuple(parts)
