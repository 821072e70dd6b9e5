"""One post by its id: as its topic shows it, to those who may see it."""

import pytest

from community.models import Block
from forum.models import Post, Reading
from tests.factories.community import OrganiserFactory
from tests.factories.forum import MembersOnlyFactory, PollFactory, TalkFactory, TopicFactory

FETCH = {"X-Requested-With": "fetch"}


def get(client, post):
    return client.get(f"/forum/post/{post.pk}/", headers=FETCH)


def test_it_is_the_article_the_topic_shows(signed_in, joined, group):
    topic = TopicFactory(category=TalkFactory(group=group), posts=3)
    post = topic.posts.get(number=3)
    PollFactory(post=post, question="Tea?")
    text = get(signed_in(joined), post).content.decode()
    assert text.count("<article") == 1
    assert 'id="p3"' in text
    for shown in (post.body_html, "Tea?", f"/forum/reply/{topic.pk}/?to=3", f"/forum/react/{post.pk}/"):
        assert shown in text
    assert "<html" not in text


def test_a_person_who_opens_it_is_led_to_its_place(client, db):
    post = TopicFactory(posts=2).posts.get(number=2)
    assert client.get(f"/forum/post/{post.pk}/")["Location"] == post.get_absolute_url()


def test_who_may_not_see_it_gets_nothing(client, signed_in, member, joined, group, at):
    inside = TopicFactory(category=MembersOnlyFactory(group=group)).posts.get()
    for who in (client, signed_in(member)):
        assert get(who, inside).status_code == 404
    assert get(signed_in(joined), inside).status_code == 200
    Post.objects.filter(pk=inside.pk).update(hidden_at=at)
    assert get(signed_in(joined), inside).status_code == 404
    assert "A moderator hid this post" in get(signed_in(OrganiserFactory(group=group).member), inside).content.decode()
    Post.objects.filter(pk=inside.pk).update(hidden_at=None, deleted_at=at)
    assert get(signed_in(joined), inside).status_code == 404


def test_what_a_blocked_member_wrote_is_folded(signed_in, member, at):
    post = TopicFactory().posts.get()
    Block.objects.create(member=member, blocked=post.author, created_at=at)
    assert "You have blocked" in get(signed_in(member), post).content.decode()


def test_it_is_read_if_all_before_it_was(signed_in, member):
    topic = TopicFactory(posts=4)
    client = signed_in(member)
    for number, read_to in ((2, None), (1, 1), (3, 1), (2, 2)):
        get(client, topic.posts.get(number=number))
        assert Reading.objects.values_list("last_number", flat=True).first() == read_to


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs(client, count, django_assert_num_queries):
    post = TopicFactory(posts=count).posts.get(number=1)
    # the post, how its topic stands, the topic, the post with its author, labels; for a member one more
    with django_assert_num_queries(5):
        get(client, post)
