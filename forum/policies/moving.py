"""May they move posts about?"""

from community.verdicts import YES, Verdict, no
from forum.models import Category, Topic
from forum.policies.standing import Standing


def may_move(here: Standing, there: Standing) -> Verdict:
    """Those who govern both the place it leaves and the place it goes to."""
    if not here.governs:
        return no("Only organisers and moderators can move what was said.")
    return YES if there.governs else no("You can move it only to places you look after too.")


def may_widen(before: Category, after: Category, *, is_meant: bool) -> Verdict:
    """What was written for fewer is not shown to more by accident."""
    wider = Category.Audience(after.visible_to_whom).is_wider_than(Category.Audience(before.visible_to_whom))
    other = before.group_id != after.group_id and after.visible_to_whom != Category.Audience.EVERYONE
    if is_meant or not (wider or other):
        return YES
    return no("Others than those it was written for will read it there. Tick the box if you mean it.")


def may_take(topic: Topic) -> Verdict:
    """What is gone or in the archive takes nothing in and gives nothing away."""
    if topic.deleted_at:
        return no("That topic is no longer here.")
    return no("That topic is in the archive. Take it out first.") if topic.archived_at else YES
