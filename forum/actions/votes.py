"""Voting: one ballot a member, to be changed until the poll closes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from community.models import Member
from community.verdicts import no
from forum.actions import writing
from forum.models import Ballot, Choice, Option, Poll
from forum.policies.answering import may_vote
from forum.policies.keeping import may_change
from forum.policies.standing import standing_of


def vote(*, member: Member, poll: Poll, options: Sequence[int], at: datetime) -> None:
    """Cast or change a ballot: these options, best first. None takes it back. Raises `NotAllowed`."""
    may_vote(standing_of(member, poll.post.topic.category.group, at), poll, at).or_refuse()
    with transaction.atomic():
        topic = writing.locked(poll.post.topic_id)
        poll = Poll.objects.select_related("post").get(pk=poll.pk)
        may_vote(standing_of(member, topic.category.group, at), poll, at).or_refuse()
        may_change(topic).or_refuse()
        _check(poll, options)
        if not options:
            Ballot.objects.filter(poll=poll, member=member).delete()
            return
        ballot, _ = Ballot.objects.update_or_create(poll=poll, member=member, defaults={"cast_at": at})
        ballot.choices.all().delete()
        is_ranked = poll.kind == Poll.Kind.RANKED
        Choice.objects.bulk_create(
            Choice(ballot=ballot, option_id=pk, rank=place if is_ranked else 1) for place, pk in enumerate(options, 1)
        )


def _check(poll: Poll, options: Sequence[int]) -> None:
    known = set(Option.objects.filter(poll=poll).values_list("pk", flat=True))
    if len(set(options)) < len(options) or not set(options) <= known:
        no("The poll was changed meanwhile. Look at its choices and vote again.").or_refuse()
    if poll.kind == Poll.Kind.SINGLE and len(options) > 1:
        no("Choose one.").or_refuse()
