"""May they ask, vote, raise a hand, run the round?"""

from datetime import datetime

from chat.models import Room
from chat.policies.rooms import may_care
from chat.policies.speaking import may_say
from community.models import Member
from community.verdicts import Verdict, no

MOST_OPEN = 5
"""Questions of one member that wait in one room."""


def may_take_part(member: Member, room: Room, at: datetime) -> Verdict:
    """Whoever may write in a room that takes questions; two queries."""
    if not room.is_asking:
        return no("This room takes no questions just now.")
    return may_say(member, room, at)


def may_ask(member: Member, room: Room, waiting: int, at: datetime) -> Verdict:
    """And not too many at once: `waiting` are theirs and unanswered."""
    if waiting >= MOST_OPEN:
        return no(f"{MOST_OPEN} of your questions wait here. Withdraw one, or let some be answered first.")
    return may_take_part(member, room, at)


def may_run(member: Member | None, room: Room) -> Verdict:
    """Say what was answered and who speaks next: those who look after the group; one query."""
    return may_care(member, room)
