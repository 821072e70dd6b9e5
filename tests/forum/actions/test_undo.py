"""What was removed comes back to its place, with its counters; who may not write may not publish it again."""

from datetime import timedelta

import pytest

from community.models import Sanction
from community.verdicts import NotAllowed
from forum.actions import posts, undo
from forum.actions.recount import recount
from forum.models import Topic
from notifications.models import Notice
from tests.factories.community import MemberFactory
from tests.factories.forum import TalkFactory, TopicFactory


@pytest.fixture
def topic(group, joined):
    return TopicFactory(category=TalkFactory(group=group), author=joined)


def removed(topic, at, number=2):
    if number > 1:
        posts.reply(author=topic.author, topic=topic, body="Gone", client_key="k", at=at)
    post = topic.posts.get(number=number)
    posts.remove(author=topic.author, post=post, at=at + timedelta(minutes=1))
    return post


def counters(topic):
    topic.refresh_from_db()
    topic.category.refresh_from_db()
    return topic.post_count, topic.last_posted_at, topic.category.post_count, topic.category.topic_count


def test_it_stands_where_it_stood_and_may_come_back_twice(topic, at):
    post = removed(topic, at)
    for _ in range(2):
        undo.put_back(actor=topic.author, post=post, at=at)
    post.refresh_from_db()
    assert (post.deleted_at, post.number) == (None, 2)
    assert counters(topic) == (2, at, 2, 1)
    assert recount(repair=False) == []
    assert not Notice.objects.exists()


def test_a_first_post_brings_its_topic_back(topic, at):
    post = removed(topic, at, number=1)
    assert counters(topic)[2:] == (0, 0)
    undo.put_back(actor=topic.author, post=post, at=at)
    topic.refresh_from_db()
    assert topic.deleted_at is None
    assert counters(topic)[2:] == (1, 1)
    assert recount(repair=False) == []


def test_a_hidden_topic_comes_back_hidden(topic, at):
    Topic.objects.filter(pk=topic.pk).update(hidden_at=at)
    recount(repair=True)
    undo.put_back(actor=topic.author, post=removed(topic, at, number=1), at=at)
    topic.refresh_from_db()
    assert (topic.hidden_at, topic.deleted_at) == (at, None)
    assert counters(topic)[2:] == (0, 0)
    assert recount(repair=False) == []


def test_what_a_moderator_hid_comes_back_hidden(topic, at):
    post = removed(topic, at)
    posts.hide(post_id=post.pk, at=at)
    undo.put_back(actor=topic.author, post=post, at=at)
    post.refresh_from_db()
    assert (post.hidden_at, post.deleted_at, counters(topic)[0]) == (at, None, 1)
    assert recount(repair=False) == []


def test_who_looks_after_the_place_may_and_the_author_hears_of_it(topic, organiser, at):
    undo.put_back(actor=organiser, post=removed(topic, at), at=at)
    assert list(Notice.objects.values_list("recipient", "kind", "excerpt")) == [(topic.author_id, "forum.put_back", "")]


def test_nobody_else_may(topic, member, at):
    post = removed(topic, at)
    with pytest.raises(NotAllowed, match="Only the person who wrote it"):
        undo.put_back(actor=member, post=post, at=at)


def test_the_silenced_may_not_publish_again_nor_anyone_for_the_departed(topic, at):
    post = removed(topic, at)
    Sanction.objects.create(member=topic.author, kind="silence", reason="x", starts_at=at)
    with pytest.raises(NotAllowed):
        undo.put_back(actor=topic.author, post=post, at=at)
    topic.author.departed_at = at
    topic.author.save()
    with pytest.raises(NotAllowed, match="has left"):
        undo.put_back(actor=MemberFactory(is_moderator=True), post=post, at=at)
    post.refresh_from_db()
    assert post.deleted_at
