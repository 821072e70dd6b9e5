"""The way back is offered where something stood, to those who may take it, and to nobody else."""

import pytest

from forum.actions import posts
from tests.factories.community import MembershipFactory
from tests.factories.forum import TalkFactory, TopicFactory

SECRET = "What I should not have said"


@pytest.fixture
def topic(group, joined, at):
    topic = TopicFactory(category=TalkFactory(group=group), author=joined)
    posts.reply(author=joined, topic=topic, body=SECRET, client_key="k", at=at)
    return topic


def take_down(topic, signed_in, number=2):
    post, client = topic.posts.get(number=number), signed_in(topic.author)
    return post, client, client.post(f"/forum/remove/{post.pk}/")


def test_it_is_offered_in_its_place_right_after(topic, signed_in):
    post, client, answer = take_down(topic, signed_in)
    page = client.get(answer["Location"], follow=True)
    assert "You can put it back where it stood." in page.content.decode()
    assert SECRET in page.content.decode()
    answer = client.post(f"/forum/put-back/{post.pk}/")
    assert answer["Location"] == post.get_absolute_url()
    page = client.get(answer["Location"], follow=True).content.decode()
    assert 'id="p2"' in page
    assert "was removed by its author" not in page
    assert client.post(f"/forum/put-back/{post.pk}/")["Location"] == post.get_absolute_url()


def test_others_see_the_place_and_never_the_words(topic, signed_in, client, group, organiser, member):
    post, _, _ = take_down(topic, signed_in)
    neighbour = MembershipFactory(group=group).member
    for who in (client, signed_in(neighbour), signed_in(member)):
        text = who.get(topic.get_absolute_url()).content.decode()
        assert "#2 was removed by its author." in text
        assert SECRET not in text
        assert "/forum/put-back/" not in text
    for who in (neighbour, member):
        assert signed_in(who).get(f"/forum/put-back/{post.pk}/").status_code == 404
        assert signed_in(who).post(f"/forum/put-back/{post.pk}/").status_code == 404
    assert client.post(f"/forum/put-back/{post.pk}/")["Location"].startswith("/account/login/")
    assert SECRET in signed_in(organiser).get(topic.get_absolute_url()).content.decode()
    assert "will be told" in signed_in(organiser).get(f"/forum/put-back/{post.pk}/").content.decode()


def test_a_topic_that_went_along_is_offered_on_a_page_of_its_own(signed_in, client):
    topic = TopicFactory(title="Never mind")
    post, author, answer = take_down(topic, signed_in, number=1)
    assert answer["Location"] == f"/forum/put-back/{post.pk}/"
    page = author.get(answer["Location"]).content.decode()
    assert "This topic is removed" in page
    assert "Never mind" in page
    assert client.get(topic.get_absolute_url()).status_code == 404
    author.post(f"/forum/put-back/{post.pk}/")
    assert client.get(topic.get_absolute_url()).status_code == 200
