"""No page, feed, search or API answer changes by a letter for those who may not hear a whisper."""

import re

import pytest

from forum.actions import whispers
from tests.factories.community import MembershipFactory, OrganiserFactory
from tests.factories.forum import TalkFactory, TopicFactory, WhisperFactory

SECRET = "xylophone"
CHANGES_ANYWAY = re.compile(
    r'(csrf\w*|client_key)" value="[^"]*"|data-token="[^"]*"|X-CSRFToken[^}]*|seconds? ago|<lastBuildDate>.*?<'
)


@pytest.fixture
def topic(group, joined):
    return TopicFactory(category=TalkFactory(group=group), author=joined, title="Loud neighbour", posts=2)


def everywhere(client, topic, group) -> list[tuple[str, int, str]]:
    address = topic.get_absolute_url()
    pages = [
        address,
        f"{address}2",
        "/",
        "/forum/",
        "/forum/latest.rss",
        topic.category.get_absolute_url(),
        f"/forum/c/{topic.category.slug}/feed.rss",
        f"/groups/{group.slug}/",
        f"/groups/{group.slug}/forum/",
        f"/groups/{group.slug}/feed.rss",
        f"/api/v1/topics/{topic.pk}",
        f"/api/v1/topics/{topic.pk}/posts",
        f"/search/?q={SECRET}",
        f"/members/{topic.author.handle}/",
        "/inbox/",
    ]
    answers = [(page, client.get(page)) for page in pages]
    return [(page, answer.status_code, CHANGES_ANYWAY.sub("", answer.content.decode())) for page, answer in answers]


def test_for_others_nothing_changes_anywhere(client, signed_in, topic, group, organiser, joined, at):
    speaker = OrganiserFactory(group=group, member__display_name="Speaker").member
    readers = [client, *map(signed_in, (joined, MembershipFactory(group=group).member, OrganiserFactory().member))]
    for reader in readers:
        everywhere(reader, topic, group)
    before = [everywhere(reader, topic, group) for reader in readers]
    whispers.say(author=speaker, topic=topic, body=f"The {SECRET} again", client_key="k", at=at)
    assert [everywhere(reader, topic, group) for reader in readers] == before
    assert SECRET in signed_in(organiser).get(topic.get_absolute_url()).content.decode()


def test_it_is_written_on_a_page_of_its_own_and_taken_back_where_it_stands(signed_in, topic, organiser):
    client = signed_in(organiser)
    assert f"/forum/whisper/{topic.pk}/?after=1" in client.get(topic.get_absolute_url()).content.decode()
    page = client.get(f"/forum/whisper/{topic.pk}/?after=1")
    typed = {"body": "Leave it", "after": "1", "client_key": page.context["form"]["client_key"].value()}
    for _ in range(2):
        answer = client.post(f"/forum/whisper/{topic.pk}/", typed)
        assert answer["Location"] == f"/forum/t/{topic.pk}/{topic.slug}/1"
    text = client.get(topic.get_absolute_url()).content.decode()
    assert text.count("Leave it") == 1
    assert text.index('id="p1"') < text.index("Leave it") < text.index('id="p2"')
    client.post(f"/forum/whisper/{topic.whispers.get().pk}/take-back/")
    assert "Leave it" not in client.get(topic.get_absolute_url()).content.decode()


def test_an_empty_one_and_a_lost_session(client, signed_in, topic, organiser):
    address = f"/forum/whisper/{topic.pk}/"
    assert signed_in(organiser).post(address, {"body": " ", "client_key": "k"}).status_code == 422
    assert client.post(address, {"body": "Leave it", "client_key": "k"}).status_code == 403
    client.force_login(organiser)
    assert "Leave it" in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_topic_costs_those_who_hear(signed_in, topic, organiser, group, count, django_assert_num_queries):
    for _ in range(count):
        WhisperFactory(topic=topic, author=OrganiserFactory(group=group).member)
    client = signed_in(organiser)
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(11):
        client.get(topic.get_absolute_url())
