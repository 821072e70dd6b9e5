"""May they?"""

from community.policies.groups import role_of
from meetups.policies.evenings import (
    DOOR_OPENS,
    answers_closed,
    closed_to,
    may_answer,
    may_begin,
    may_change,
    may_curate,
    may_enter_room,
    may_keep_the_door,
    may_run,
    may_see_attendees,
    may_see_link,
    may_stand,
    may_still_answer,
)

__all__ = [
    "DOOR_OPENS",
    "answers_closed",
    "closed_to",
    "may_answer",
    "may_begin",
    "may_change",
    "may_curate",
    "may_enter_room",
    "may_keep_the_door",
    "may_run",
    "may_see_attendees",
    "may_see_link",
    "may_stand",
    "may_still_answer",
    "role_of",
]
