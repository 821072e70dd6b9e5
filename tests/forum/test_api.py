"""The API reads what a visitor may read, page by page."""

from datetime import timedelta

import pytest

from forum.api import PER_PAGE
from forum.models import Post, Topic
from tests.factories.forum import WRITTEN, CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory

API = "/api/v1/topics"


def ids(answer) -> list[int]:
    assert answer.status_code == 200
    return [item["id"] for item in answer.json()["items"]]


def test_topics_come_newest_first_by_place_and_group(client, group):
    older = TopicFactory(category=TalkFactory(group=group), is_pinned=True)
    newer = TopicFactory(category=CategoryFactory(slug="security"), last_posted_at=WRITTEN + timedelta(hours=1))
    assert ids(client.get(API)) == [newer.pk, older.pk]
    assert ids(client.get(f"{API}?category=security")) == [newer.pk]
    assert ids(client.get(f"{API}?group={group.slug}")) == [older.pk]
    assert ids(client.get(f"{API}?category={older.category.slug}")) == [older.pk]
    assert client.get(f"{API}?category=nothing").status_code == 404
    assert client.get(f"{API}/{older.pk}").json()["group"] == group.slug


def test_pages_meet_without_a_gap_or_an_overlap(client, db):
    place = CategoryFactory()
    Topic.objects.bulk_create(
        Topic(
            category=place,
            author=author,
            title=f"T{n}",
            slug="t",
            created_at=WRITTEN,
            last_posted_at=WRITTEN,
            last_author=author,
        )
        for author in [TopicFactory(category=place).author]
        for n in range(PER_PAGE)
    )
    first = client.get(API)
    second = client.get(f"{API}?before={first.json()['next']}")
    assert sorted(ids(first) + ids(second)) == sorted(Topic.objects.values_list("pk", flat=True))
    assert second.json()["next"] == ""


def test_posts_come_in_order_without_those_taken_down(client, db):
    topic = TopicFactory(posts=4)
    Post.objects.filter(topic=topic, number=2).update(hidden_at=WRITTEN)
    Post.objects.filter(topic=topic, number=3).update(deleted_at=WRITTEN)
    answer = client.get(f"{API}/{topic.pk}/posts").json()
    assert [post["number"] for post in answer["items"]] == [1, 4]
    assert answer["next"] is None
    assert [post["number"] for post in client.get(f"{API}/{topic.pk}/posts?after=1").json()["items"]] == [4]


def test_what_a_visitor_may_not_see_is_not_there(client, db):
    private = TopicFactory(category=MembersOnlyFactory())
    hidden = TopicFactory(hidden_at=WRITTEN)
    removed = TopicFactory(deleted_at=WRITTEN)
    assert ids(client.get(API)) == []
    for topic in (private, hidden, removed):
        assert client.get(f"{API}/{topic.pk}").status_code == 404
        assert client.get(f"{API}/{topic.pk}/posts").status_code == 404
    assert client.get(f"{API}?category={private.category.slug}").status_code == 404


@pytest.mark.parametrize("before", ["x", "1-", "-1", "99999999999999999999999-1", "1-99999999999999999999999", "١-٢"])
def test_a_cursor_made_up_by_hand_is_harmless(client, db, before):
    TopicFactory()
    assert client.get(f"{API}?before={before}").status_code == 200
