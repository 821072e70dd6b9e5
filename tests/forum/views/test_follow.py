"""Choosing how closely to follow, on the pages of a topic, a place and a group; the reading clock."""

import pytest

from forum.actions import reading
from forum.actions.tags import put_on
from forum.models import Follow, Reading, Tag
from tests.factories.forum import TalkFactory, TopicFactory


def test_each_page_says_how_it_is_followed_and_takes_a_choice(signed_in, joined, group):
    topic = TopicFactory(category=TalkFactory(group=group))
    client = signed_in(joined)
    pages = {
        topic.get_absolute_url(): f"/forum/follow/{topic.pk}/",
        topic.category.get_absolute_url(): f"/forum/c/{topic.category.slug}/follow/",
        f"/groups/{group.slug}/forum/": f"/groups/{group.slug}/forum/follow/",
    }
    for page, action in pages.items():
        text = client.get(page).content.decode()
        assert "You track this because you are in the group." in text
        assert f'action="{action}"' in text
        assert client.post(action, {"level": "muted"})["Location"] == page
        assert "You have muted this." in client.get(page).content.decode()
    assert set(Follow.objects.values_list("category", "group", "level")) == {
        (topic.category_id, None, "muted"),
        (None, group.pk, "muted"),
    }


def test_a_choice_for_a_place_is_taken_back(signed_in, member):
    place = TopicFactory().category
    client = signed_in(member)
    assert "take my choice back" not in client.get(place.get_absolute_url()).content.decode()
    client.post(f"/forum/c/{place.slug}/follow/", {"level": "watching"})
    assert "take my choice back" in client.get(place.get_absolute_url()).content.decode()
    client.post(f"/forum/c/{place.slug}/follow/", {"level": "usual"})
    assert Follow.objects.get().level == ""


def test_a_tag_takes_a_choice_and_gives_it_back(signed_in, member, client):
    tag = Tag.objects.create(name="c#", key="c#")
    put_on(TopicFactory(), [tag])
    page = "/forum/tags/c%23/"
    assert "follow/" not in client.get(page).content.decode()
    reader = signed_in(member)
    assert f'action="{page}follow/"' in reader.get(page).content.decode()
    assert reader.post(f"{page}follow/", {"level": "watching"})["Location"] == page
    assert "You watch this." in reader.get(page).content.decode()
    reader.post(f"{page}follow/", {"level": "usual"})
    assert Follow.objects.get().level == ""
    assert reader.post("/forum/tags/unknown/follow/", {"level": "muted"}).status_code == 404


@pytest.mark.parametrize("level", ["", "loud", "usual"])
def test_nonsense_changes_nothing(signed_in, member, level):
    topic = TopicFactory()
    assert signed_in(member).post(f"/forum/follow/{topic.pk}/", {"level": level}).status_code == 302
    assert not Reading.objects.exists()


def test_a_long_topic_is_marked_as_read_without_turning_its_pages(signed_in, member):
    topic = TopicFactory(posts=45)
    client = signed_in(member)
    address = f"/forum/read/{topic.pk}/"
    assert address in client.get(topic.get_absolute_url()).content.decode()
    assert "Mark 25 as read" in client.get(address).content.decode()
    client.post(address)
    assert Reading.objects.get().last_number == 45
    assert address not in client.get(topic.get_absolute_url()).content.decode()


def test_the_clock_goes_on_where_it_stood(signed_in, member, at):
    topic = TopicFactory()
    reading.read_up_to(member=member, topic=topic, number=1, at=at)
    client = signed_in(member)
    for seconds in ("60", "60", "nonsense", "-5"):
        assert client.post(f"/forum/spent/{topic.pk}/", {"seconds": seconds}).status_code == 204
    assert 'data-seconds="60"' in client.get(topic.get_absolute_url()).content.decode()


def test_marking_a_place_read_leads_back_to_it(signed_in, joined, group):
    talk = TopicFactory(category=TalkFactory(group=group)).category
    client = signed_in(joined)
    for query, back in (
        (f"?category={talk.slug}", talk.get_absolute_url()),
        (f"?group={group.slug}", f"/groups/{group.slug}/forum/"),
        ("", "/forum/"),
    ):
        assert client.post(f"/forum/read/{query}")["Location"] == back
    assert client.post("/forum/read/?category=nowhere").status_code == 404
    assert Follow.objects.exclude(all_read_at=None).count() == 3
