"""A topic is opened once, in a place one may write in; closing, pinning, hiding."""

from datetime import timedelta

import pytest

from community import registry
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import categories, posts, topics, writing
from forum.actions.recount import recount
from forum.models import Category, Reading, Topic
from notifications.models import Notice
from tests.factories.community import GroupFactory, MemberFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


def begin(author, category, at, title="How do you price backups?", body="Per seat?", key="k1", **more):
    return topics.open(author=author, category=category, title=title, body=body, client_key=key, at=at, **more)


def test_a_topic_begins_with_its_first_post(member, at):
    place = CategoryFactory()
    topic = begin(member, place, at)
    topic.refresh_from_db()
    place.refresh_from_db()
    assert (topic.slug, topic.last_number, topic.post_count) == ("how-do-you-price-backups", 1, 1)
    assert (place.topic_count, place.post_count, place.last_posted_at) == (1, 1, at)
    reading = Reading.objects.get()
    assert (reading.member, reading.level, reading.level_reason, reading.last_number) == (
        member,
        "watching",
        "opened",
        1,
    )
    assert recount(repair=False) == []


def test_a_double_click_opens_one(member, at):
    place = CategoryFactory()
    assert begin(member, place, at) == begin(member, place, at)
    assert Topic.objects.count() == 1


def test_the_same_form_with_other_words_is_not_swallowed(member, at):
    place = CategoryFactory()
    topic = begin(member, place, at)
    with pytest.raises(writing.Reused) as caught:
        begin(member, place, at, body="Something else")
    assert caught.value.post.topic == topic


@pytest.mark.parametrize("title", ["🫖", "???", "你好", "x" * 160])
def test_any_title_gets_an_address(member, at, title):
    topic = begin(member, CategoryFactory(), at, title=title)
    assert topic.get_absolute_url().startswith(f"/forum/t/{topic.pk}/")


def test_members_open_in_their_group_and_others_are_invited_to_join(member, joined, group, at):
    talk = TalkFactory(group=group)
    assert begin(joined, talk, at).category == talk
    with pytest.raises(NotAllowed, match=f"Join {group.name}"):
        begin(member, talk, at)


def test_nobody_opens_where_they_may_not_read(member, at):
    with pytest.raises(NotAllowed, match="no such place"):
        begin(member, MembersOnlyFactory(), at)


def test_mentions_in_a_first_post_are_told(member, at):
    named = MemberFactory(handle="anna")
    begin(member, CategoryFactory(), at, body="What does @anna say?")
    assert list(Notice.objects.values_list("recipient", "kind")) == [(named.pk, "forum.mentioned")]


def test_a_topic_opened_for_a_meetup_knows_it_and_does_not_count_against_the_pace(member, at):
    place = CategoryFactory()
    for n in range(12):
        topic = begin(
            member, place, at, key=f"k{n}", origin_title="December evening", origin_url="/meetups/1/december/"
        )
    assert (topic.origin_title, topic.origin_url) == ("December evening", "/meetups/1/december/")


def test_closing_and_opening_again(organiser, group, at, said, django_capture_on_commit_callbacks):
    topic = TopicFactory(category=TalkFactory(group=group))
    with django_capture_on_commit_callbacks(execute=True):
        topics.close(actor=organiser, topic=topic, at=at)
        topics.close(actor=organiser, topic=topic, at=at + timedelta(hours=1))
    topic.refresh_from_db()
    assert topic.closed_at == at
    topics.reopen(actor=organiser, topic=topic, at=at)
    topic.refresh_from_db()
    assert topic.closed_at is None
    assert [frame["type"] for _stream, frame in said] == ["topic.closed"]


def test_only_those_who_govern_close_and_pin(joined, group, at):
    topic = TopicFactory(category=TalkFactory(group=group), author=joined)
    for act in (
        lambda: topics.close(actor=joined, topic=topic, at=at),
        lambda: topics.pin(actor=joined, topic=topic, is_pinned=True, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()
    topic.refresh_from_db()
    assert (topic.closed_at, topic.is_pinned) == (None, False)


def test_hiding_and_restoring_a_topic_keeps_counters_true(member, at):
    topic = TopicFactory(posts=3)
    other = TopicFactory(category=topic.category, posts=2)
    topics.hide(topic_id=topic.pk, at=at)
    topics.hide(topic_id=topic.pk, at=at)
    place = Category.objects.get(pk=topic.category_id)
    assert (place.topic_count, place.post_count, place.last_posted_at) == (1, 2, other.last_posted_at)
    posts.hide(post_id=topic.posts.get(number=2).pk, at=at)
    assert recount(repair=False) == []
    topics.restore(topic_id=topic.pk, at=at)
    topics.restore(topic_id=topic.pk, at=at)
    place.refresh_from_db()
    assert (place.topic_count, place.post_count) == (2, 4)
    assert recount(repair=False) == []


def test_a_new_group_gets_its_talk_once(member, at):
    group = GroupFactory(slug="leeds")
    for _ in range(2):
        registry.announce("founded", group=group, actor=member, at=at)
    (talk,) = Category.objects.filter(group=group)
    assert (talk.name, talk.slug, talk.visible_to_whom, queries.talk_of(group)) == ("Talk", "leeds", "everyone", talk)


def test_a_group_named_like_a_place_of_the_site_gets_another_address(member, at):
    categories.seed()
    categories.seed()
    assert Category.objects.count() == 4
    categories.found(group=GroupFactory(slug="security"), actor=member, at=at)
    assert Category.objects.filter(slug="security-talk").count() == 1
