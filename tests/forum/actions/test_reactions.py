"""Reactions: one of each kind, counted under the lock, told once."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community.actions import departure
from community.models import Block
from community.verdicts import NotAllowed
from forum import exports
from forum.actions import reactions
from forum.actions.recount import recount
from forum.models import Post, Reaction
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.forum import MembersOnlyFactory, TalkFactory, TopicFactory


@pytest.fixture
def post():
    return TopicFactory().posts.get()


def react(post, member, at, kind="thanks", *, is_on=True):
    return reactions.react(member=member, post=post, kind=kind, is_on=is_on, at=at)


def counts(post):
    return Post.objects.get(pk=post.pk).reactions


def test_twice_is_once_and_back_is_back(post, member, at):
    for _ in range(2):
        react(post, member, at)
    react(post, member, at, "agree")
    react(post, MemberFactory(), at)
    assert counts(post) == {"thanks": 2, "agree": 1}
    for _ in range(2):
        react(post, member, at, is_on=False)
    assert counts(post) == {"thanks": 1, "agree": 1}


def test_the_author_hears_once_of_each_member(post, member, at):
    for kind in ("thanks", "agree"):
        react(post, member, at, kind)
    react(post, member, at, is_on=False)
    react(post, member, at)
    blocked = MemberFactory()
    Block.objects.create(member=post.author, blocked=blocked, created_at=at)
    react(post, blocked, at)
    assert list(Notice.objects.values_list("recipient", "kind", "actor")) == [
        (post.author_id, "forum.reacted", member.pk)
    ]


def test_not_to_ones_own_nor_where_one_may_not_write(post, member, at, group):
    inside = TopicFactory(category=TalkFactory(group=group)).posts.get()
    hidden = TopicFactory().posts.get()
    Post.objects.filter(pk=hidden.pk).update(hidden_at=at)
    hidden.refresh_from_db()
    for each, who in ((post, post.author), (inside, member), (hidden, member)):
        with pytest.raises(NotAllowed):
            react(each, who, at)
    assert Reaction.objects.count() == 0


def test_a_newcomer_reacts_twenty_times_a_day(member, at):
    for _ in range(20):
        react(TopicFactory().posts.get(), member, at)
    last = TopicFactory().posts.get()
    with pytest.raises(NotAllowed) as caught:
        react(last, member, at + timedelta(hours=1))
    assert caught.value.retry_after == 23 * 3600


def test_counts_equal_a_recount_whatever_happens(at):
    chance = random.Random(3)
    posts = [TopicFactory().posts.get() for _ in range(2)]
    people = [MemberFactory(trust=4) for _ in range(3)]
    for _ in range(60):
        kind, is_on = chance.choice(["thanks", "agree", "same"]), chance.random() < 0.6
        react(chance.choice(posts), chance.choice(people), at, kind, is_on=is_on)
    departure.depart(member=people[0], at=at)
    assert not Reaction.objects.filter(member=people[0]).exists()
    assert [each for each in recount(repair=False) if each.field == "reactions"] == []
    Post.objects.filter(pk=posts[0].pk).update(reactions={"laugh": 9})
    assert [each.kept for each in recount(repair=True) if each.field == "reactions"] == [{"laugh": 9}]
    assert [each for each in recount(repair=True) if each.field == "reactions"] == []


def test_the_database_knows_the_short_list(post, member, at):
    with pytest.raises(IntegrityError, match="post_reaction_kind"), transaction.atomic():
        Reaction.objects.create(post=post, member=member, kind="dislike", at=at)
    react(post, member, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(post=post, member=member, kind="thanks", at=at)


def test_ones_own_are_in_the_download(post, member, at):
    react(post, member, at)
    react(post, MemberFactory(), at, "agree")
    assert list(exports.reactions(member)) == [
        {"post": post.get_absolute_url(), "said": "Thanks", "at": at.isoformat()}
    ]


def test_the_author_who_may_no_longer_read_it_hears_nothing(group, joined, at):
    topic = TopicFactory(category=MembersOnlyFactory(group=group))
    react(topic.posts.get(), joined, at)
    assert Notice.objects.count() == 0
