"""What people said without a post: thanks by a sign, and a vote."""

from datetime import datetime, timedelta

from community.models import Group, Member
from forum.actions import reactions, topics, votes
from forum.models import Category, Option, Poll, Post

POLL = """\
The room above the pub is ours on any of these. Rank them, and leave out what you cannot do.

::: poll Which evening suits you from February on?
choose: ranked
- Tuesday, as now
- Wednesday
- Thursday, with an earlier start
:::
"""
RANKINGS = ((1, 2), (2, 3), (3, 2), (1,), (2, 1), (3, 2, 1), (2,))


def give(group: Group, members: list[Member], now: datetime) -> None:
    """Some posts were of use, and the group asks which evening to take."""
    for number, post in enumerate(Post.objects.filter(topic__category__group=group).order_by("pk")[:6]):
        for step, kind in enumerate(("thanks", "helped", "same")[: 1 + number % 3]):
            for member in members[step : step + 1 + (number + step) % 3]:
                if member.pk != post.author_id:
                    reactions.react(member=member, post=post, kind=kind, is_on=True, at=now - timedelta(hours=9))
    topic = topics.open(
        author=members[1],
        category=Category.objects.filter(group=group).order_by("position", "pk")[0],
        title="Which evening from February on?",
        body=POLL,
        client_key=f"demo-poll-{group.pk}",
        at=now - timedelta(days=5, hours=4),
    )
    poll = Poll.objects.select_related("post__topic__category__group").get(post__topic=topic)
    options = list(Option.objects.filter(poll=poll).order_by("position").values_list("pk", flat=True))
    for member, ranking in zip([members[-1], *members[2:-1]], RANKINGS, strict=False):
        ranked = [options[place - 1] for place in ranking]
        votes.vote(member=member, poll=poll, options=ranked, at=now - timedelta(days=4))
