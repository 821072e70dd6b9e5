"""May they say what the answer is?"""

from community.verdicts import YES, Verdict, no
from forum.models import Post, Topic
from forum.policies.standing import Standing


def may_solve(who: Standing, topic: Topic) -> Verdict:
    """Whoever asked, and those who govern the place; a closed topic too."""
    if topic.deleted_at:
        return no("This topic is no longer here.")
    if topic.archived_at:
        return no("This topic is in the archive.")
    if who.governs:
        return YES
    if topic.author_id != who.member_id:
        return no("Only whoever asked, an organiser or a moderator can mark the answer.")
    return who.write


def may_be_answer(post: Post) -> Verdict:
    """The question cannot answer itself."""
    return YES if post.number > 1 else no("The first post is the question. Write the answer as a reply and mark that.")
