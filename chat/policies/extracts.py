"""May they make a topic of what was said, and who reads it then?"""

from datetime import datetime

from chat.models import Room
from chat.policies.rooms import may_care, may_see
from community.models import Member
from community.policies.sanctions import may_write
from community.verdicts import Verdict, no
from forum.models import Category
from forum.policies.keeping import may_read
from forum.policies.standing import standing_of
from forum.policies.writing import may_open


def may_extract(member: Member, room: Room, category: Category, at: datetime) -> Verdict:
    """Whoever sees the room and may begin a topic in that place; five queries."""
    return (
        may_see(member, room)
        and may_write(member, room.group, at)
        and may_read(member, category)
        and may_open(standing_of(member, category.group, at))
    )


def is_wider(room: Room, category: Category) -> bool:
    """Whether people read the place who are not in the room: those who govern a group see all its rooms. No query."""
    if category.group_id != room.group_id or category.visible_to_whom == Category.Audience.EVERYONE:
        return True
    if category.visible_to_whom == Category.Audience.MEMBERS:
        return room.audience != Room.Audience.GROUP
    return False


def may_decide(member: Member, room: Room) -> Verdict:
    """Without asking the authors: only those who look after the group, with a reason that is recorded; one query."""
    verdict = may_care(member, room)
    return verdict or no("Only those who look after this group can decide that for others. The authors can be asked.")
