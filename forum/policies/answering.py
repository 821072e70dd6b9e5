"""May they react, may they vote, may they see how it stands?"""

from datetime import datetime

from community.verdicts import YES, Verdict, no
from forum.models import Poll, Post
from forum.policies.standing import Standing


def may_react(who: Standing, post: Post) -> Verdict:
    """Whoever may write here, to what somebody else wrote; `may_change` is asked of the topic."""
    if who.member is None:
        return no("Sign in to say so.")
    if post.author_id == who.member_id:
        return no("This is your own post.")
    if post.deleted_at or post.hidden_at:
        return no("This post was taken down.")
    return who.write


def may_vote(who: Standing, poll: Poll, at: datetime) -> Verdict:
    """Whoever may write here, until it closes; `may_change` is asked of the topic."""
    if who.member is None:
        return no("Sign in to vote.")
    if is_closed(poll, at):
        return no("This poll has closed. Your earlier vote, if you cast one, counts.")
    if poll.post.deleted_at or poll.post.hidden_at:
        return no("The post with this poll was taken down.")
    return who.write


def may_see_results(poll: Poll, at: datetime, *, has_voted: bool) -> Verdict:
    """Everyone at the end; before it those who have voted, where the poll says so."""
    if is_closed(poll, at):
        return YES
    if poll.is_shown_at_end:
        return no("How it stands is shown when the poll has closed.")
    return YES if has_voted else no("How it stands is shown when you have voted.")


def is_closed(poll: Poll, at: datetime) -> bool:
    """Its time has come."""
    return poll.closes_at is not None and poll.closes_at <= at
