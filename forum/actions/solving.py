"""The answer of a topic: marked, and taken back."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from community.verdicts import no
from forum import notices
from forum.actions import writing
from forum.models import Post, Topic
from forum.policies.solving import may_be_answer, may_solve
from forum.policies.standing import standing_of
from live.publish import publish


def mark(*, actor: Member, post: Post, at: datetime) -> None:
    """This post answers its topic's question; an earlier answer gives way. May run twice. Raises `NotAllowed`."""
    may_solve(standing_of(actor, post.topic.category.group, at), post.topic).or_refuse()
    with transaction.atomic():
        topic = writing.locked(post.topic_id)
        may_solve(standing_of(actor, topic.category.group, at), topic).or_refuse()
        answer = Post.objects.counted().select_related("author").filter(topic=topic, pk=post.pk).first()
        if answer is None:
            no("That post is no longer there.").or_refuse()
            return
        may_be_answer(answer).or_refuse()
        if topic.solved_by_id == answer.pk:
            return
        _keep(topic, answer)
        notices.solved(answer, topic, actor, at=at)


def unmark(*, actor: Member, topic: Topic, at: datetime) -> None:
    """The question is open again; may run twice. Raises `NotAllowed`."""
    may_solve(standing_of(actor, topic.category.group, at), topic).or_refuse()
    with transaction.atomic():
        topic = writing.locked(topic.pk)
        may_solve(standing_of(actor, topic.category.group, at), topic).or_refuse()
        if topic.solved_by_id is not None:
            _keep(topic, None)


def _keep(topic: Topic, answer: Post | None) -> None:
    topic.solved_by = answer
    topic.save(update_fields=["solved_by"])
    publish(f"topic:{topic.pk}", "topic.solved" if answer else "topic.unsolved", {"topic": topic.pk})
