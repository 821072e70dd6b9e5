"""May they open, reply, edit, remove?"""

from datetime import datetime

from community.policies.trust import is_new
from community.verdicts import YES, Verdict, no
from forum.models import Post, Topic
from forum.policies.changing import edit_window
from forum.policies.standing import Standing


def may_open(who: Standing) -> Verdict:
    """Whoever may write in a place may begin a topic there."""
    return who.write


def may_reply(who: Standing, topic: Topic) -> Verdict:
    """A closed topic is closed to everyone: those who govern it can open it again."""
    if topic.deleted_at or topic.hidden_at:
        return no("This topic is no longer open to replies.")
    if topic.archived_at:
        return no("This topic is in the archive. You can read it, and start a new one.")
    if topic.closed_at:
        return no("This topic is closed. You can read it, and start a new one.")
    return who.write


def may_edit(who: Standing, post: Post, at: datetime) -> Verdict:
    """Its author, for a while; a wiki, whoever belongs here; what a moderator hid stays as it was."""
    if post.author_id != who.member_id and not post.is_wiki:
        return no("Only the person who wrote it can change a post.")
    if post.deleted_at or post.hidden_at:
        return no("This post was taken down, so it can no longer be changed.")
    return _may_edit_wiki(who, post) if post.is_wiki else _may_edit_own(who, post, at)


def _may_edit_own(who: Standing, post: Post, at: datetime) -> Verdict:
    window = edit_window(who.member) if who.member else None
    if window is not None and at - post.created_at > window:
        return no(f"For now you can change a post for {window.days} days after writing it. Add a reply instead.")
    return who.write


def _may_edit_wiki(who: Standing, post: Post) -> Verdict:
    """Members of the group; on the site, those who are no longer new."""
    if who.write and who.member and who.member_id != post.author_id and not who.role and is_new(who.member):
        return no("A wiki can be changed by those who are no longer new here. Add what you know as a reply.")
    return who.write


def may_make_wiki(who: Standing, post: Post) -> Verdict:
    """Its author, and those who govern the place; the same to take it back."""
    if post.author_id != who.member_id and not who.governs:
        return no("Only the person who wrote it, an organiser or a moderator can make a post a wiki.")
    if post.deleted_at or post.hidden_at:
        return no("This post was taken down.")
    return who.write


def may_put_back(who: Standing, post: Post) -> Verdict:
    """Its author, who may write here still, or those who govern the place; what the departed took away stays away."""
    if post.author.departed_at:
        return no("The person who wrote and removed this has left. It stays removed.")
    if post.author_id != who.member_id and not who.governs:
        return no("Only the person who wrote it, or somebody who looks after this place, can put a post back.")
    return who.write


def may_remove(who: Standing, post: Post, topic: Topic) -> Verdict:
    """Only its author; a first post takes its topic along, so only while nobody has answered.

    Those who govern hide instead (`moderation`), with a reason that can be read and appealed.
    """
    if post.author_id != who.member_id:
        return no("Only the person who wrote it can remove a post. If something is wrong with it, report it.")
    if post.number == 1 and topic.last_number > 1:
        return no("Others have answered, so the first post has to stay. You can change it, or ask a moderator.")
    return YES
