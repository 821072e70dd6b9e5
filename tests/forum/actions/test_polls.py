"""Polls: made with their post, one ballot a member, fixed by the first of them, secret where they say so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from community.actions import departure
from community.verdicts import NotAllowed
from forum import exports
from forum.actions import posts, votes
from forum.models import Ballot, Choice, Option, Poll
from forum.queries import polls as queries
from tests.factories.community import MemberFactory
from tests.factories.forum import PollFactory, TalkFactory, TopicFactory

BODY = "Well?\n\n::: poll Which evening?\ncloses: 2026-12-10 20:00\n- Tuesday\n- Wednesday\n:::"


def cast(poll, member, at, *places):
    options = list(poll.options.order_by("position").values_list("pk", flat=True))
    votes.vote(member=member, poll=Poll.objects.get(pk=poll.pk), options=[options[n - 1] for n in places], at=at)


def stand(poll, reader=None):
    return queries.stands([poll.post], reader)[poll.post_id]


def test_it_is_made_with_its_post_and_closes_on_its_authors_clock(member, at):
    member.time_zone = "America/New_York"
    post = posts.reply(author=member, topic=TopicFactory(), body=BODY, client_key="k", at=at)
    assert post.body_html == "<p>Well?</p>\n"
    assert (post.poll.kind, post.poll.closes_at) == (
        "single",
        datetime(2026, 12, 10, 20, tzinfo=ZoneInfo("America/New_York")),
    )
    assert list(post.poll.options.values_list("position", "text")) == [(1, "Tuesday"), (2, "Wednesday")]


@pytest.mark.parametrize(
    ("body", "says"),
    [("::: poll Q\n- a\n:::", "2 to 20"), (BODY.replace("2026-12-10", "2026-11-10"), "close before it begins")],
)
def test_what_cannot_be_is_refused_and_nothing_is_posted(member, at, body, says):
    topic = TopicFactory()
    with pytest.raises(NotAllowed, match=says):
        posts.reply(author=member, topic=topic, body=body, client_key="k", at=at)
    assert (topic.posts.count(), Poll.objects.count()) == (1, 0)


def test_until_somebody_votes_it_may_change_then_its_text_may(at):
    topic = TopicFactory()
    post, author = topic.posts.get(), topic.author
    for body, options in ((BODY, 2), (BODY.replace("- Tuesday", "- Monday\n- Tuesday"), 3)):
        posts.edit(author=author, post=post, body=body, at=at)
        assert Option.objects.filter(poll__post=post).count() == options
    cast(Poll.objects.get(), MemberFactory(), at, 1)
    with pytest.raises(NotAllowed, match="People have voted"):
        posts.edit(author=author, post=post, body=BODY, at=at)
    posts.edit(author=author, post=post, body=body.replace("Well?", "So?"), at=at)
    assert Ballot.objects.count() == 1


def test_its_author_lives_elsewhere_now_and_mends_a_word_beside_it(member, joined, at):
    member.time_zone = "America/New_York"
    member.save(update_fields=["time_zone"])
    post = posts.reply(author=member, topic=TopicFactory(), body=BODY, client_key="k", at=at)
    closes_at = post.poll.closes_at
    member.time_zone = "Europe/London"
    member.save(update_fields=["time_zone"])
    for is_voted in (False, True):
        if is_voted:
            cast(post.poll, MemberFactory(), at, 1)
        body = BODY.replace("Well?", f"Well? {is_voted}")
        post = posts.edit(author=member, post=type(post).objects.get(pk=post.pk), body=body, at=at)
        assert Poll.objects.get(post=post).closes_at == closes_at


def test_one_ballot_a_member_changed_until_it_closes_and_taken_back(member, at):
    poll = PollFactory(post__topic=TopicFactory(), closes_at=at + timedelta(hours=1))
    for places in ((1,), (2,)):
        cast(poll, member, at, *places)
    assert list(Choice.objects.values_list("option__text", "rank")) == [("Wednesday", 1)]
    with pytest.raises(NotAllowed, match="Choose one"):
        cast(poll, member, at, 1, 2)
    with pytest.raises(NotAllowed, match="has closed"):
        cast(poll, member, at + timedelta(hours=1), 1)
    cast(poll, member, at)
    assert Ballot.objects.count() == 0
    Ballot.objects.create(poll=poll, member=member, cast_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(poll=poll, member=member, cast_at=at)


def test_only_those_who_may_write_here_vote_and_only_for_its_choices(member, joined, group, at):
    poll = PollFactory(post__topic=TopicFactory(category=TalkFactory(group=group)))
    other = PollFactory(post__topic=TopicFactory())
    with pytest.raises(NotAllowed, match="Join"):
        cast(poll, member, at, 1)
    with pytest.raises(NotAllowed, match="changed meanwhile"):
        votes.vote(member=joined, poll=poll, options=[other.options.first().pk], at=at)
    cast(poll, joined, at, 1)
    assert list(Ballot.objects.values_list("poll", "member")) == [(poll.pk, joined.pk)]


def test_several_and_ranked_are_counted(at):
    several = PollFactory(post__topic=TopicFactory(), kind="multiple", options=["a", "b", "c"])
    for places in ((1, 2), (2,)):
        cast(several, MemberFactory(), at, *places)
    assert [(line.count, line.percent) for line in stand(several).lines] == [(1, 50), (2, 100), (0, 0)]
    ranked = PollFactory(post__topic=TopicFactory(), kind="ranked", options=["a", "b", "c"])
    for places in ((1,), (1,), (1,), (2, 1), (2, 1), (3, 2), (3, 2)):
        cast(ranked, MemberFactory(), at, *places)
    shown = stand(ranked)
    assert [line.has_won for line in shown.lines] == [False, True, False]
    assert shown.rounds == [
        "Count 1: a 3, b 2, c 2. c shares the fewest and had fewer before, or stands last in the list, so those votes move on.",
        "Count 2: b 4, a 3. b has the most and more than half.",
    ]


def test_a_secret_one_names_nobody_anywhere(member, at):
    for is_secret in (False, True):
        poll = PollFactory(post__topic=TopicFactory(), is_secret=is_secret)
        cast(poll, member, at, 1)
        named = {each.pk for _, members in queries.who(poll) for each in members}
        assert named == (set() if is_secret else {member.pk})
        assert list(exports.votes(poll.post.author)) == []
    assert [row["chosen"] for row in exports.votes(member)] == [["Tuesday"], ["Tuesday"]]


def test_votes_of_the_departed_count_on_as_nobodys(member, at):
    poll = PollFactory(post__topic=TopicFactory())
    cast(poll, member, at, 1)
    departure.depart(member=member, at=at)
    assert list(Ballot.objects.values_list("member", flat=True)) == [None]
    assert [line.count for line in stand(poll).lines] == [1, 0]
    assert [members for _, members in queries.who(poll)] == [[], []]


def test_polls_of_a_page_cost_the_same_however_many(member, at, django_assert_num_queries):
    for _ in range(2):
        polls = [PollFactory(post__topic=TopicFactory(), kind="ranked") for _ in range(2)]
        with django_assert_num_queries(2):
            queries.stands([poll.post for poll in polls], member)
