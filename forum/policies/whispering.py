"""May they say something to those alone who look after the group?"""

from community.verdicts import YES, Verdict, no
from forum.models import Topic, Whisper
from forum.policies.standing import Standing


def may_whisper(who: Standing, topic: Topic) -> Verdict:
    """Organisers and moderators in a topic of their group, closed or hidden ones too."""
    if topic.category.group_id is None:
        return no("There are whispers in topics of a group only.")
    if not who.governs:
        return no("Only organisers and moderators of the group can whisper here.")
    if topic.deleted_at:
        return no("This topic is no longer here.")
    return who.write


def may_take_back(who: Standing, whisper: Whisper) -> Verdict:
    """Whoever said it."""
    return YES if whisper.author_id == who.member_id else no("Only the person who said it can take it back.")
