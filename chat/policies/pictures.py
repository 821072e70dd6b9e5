"""How many pictures a day; the numbers are trust's."""

from datetime import datetime, timedelta
from math import ceil

from chat.models import Enclosure
from community.models import Member
from community.policies.trust import limits_of
from community.verdicts import YES, Verdict, no

DAY = timedelta(days=1)


def may_send_picture(member: Member, at: datetime) -> Verdict:
    """A day's pictures in all rooms, by level; one query."""
    allowed = limits_of(member).pictures_a_day
    sent = Enclosure.objects.filter(member=member, sent_at__gt=at - DAY).order_by("-sent_at")
    moments = list(sent.values_list("sent_at", flat=True)[:allowed])
    if len(moments) < allowed:
        return YES
    wait = max(1, ceil((moments[-1] + DAY - at).total_seconds()))
    return no(
        f"That is {allowed} pictures in a day. Try again in {ceil(wait / 3600)} hours; your words are kept here.", wait
    )
