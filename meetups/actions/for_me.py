"""Was this for me? One tap a slot, changed as often as one likes while the evening is talked about."""

from datetime import datetime

from community.models import Member
from community.verdicts import NotAllowed
from meetups.models import AgendaItem, SlotAnswer
from meetups.policies.afterwards import may_say


def say(*, member: Member, item: AgendaItem, is_for_me: bool, at: datetime) -> None:
    """Yes or no; the last word counts. Raises `NotAllowed`."""
    may_say(member, item.meetup, at).or_refuse()
    if item.kind == AgendaItem.Kind.BREAK:
        raise NotAllowed("A break is for everyone.")
    SlotAnswer.objects.update_or_create(item=item, member=member, defaults={"is_for_me": is_for_me, "answered_at": at})
