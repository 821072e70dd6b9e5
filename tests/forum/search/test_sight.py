"""A search sees just what `visible_to` sees, whoever asks, wherever it stands and whatever became of it."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from community.models import Group, Member
from forum import search
from forum.models import Category, Post
from forum.search import engine
from live import changes
from tests.conftest import Standing
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import WRITTEN, CategoryFactory, PostFactory, TopicFactory

READERS = (
    "visitor",
    "stranger",
    "author",
    "inside",
    "group moderator",
    "organiser",
    "organiser elsewhere",
    "moderator",
)


def fill(group: Group, author: Member) -> None:
    """Each kind of place, with topics and posts of two people, as they stand, hidden and removed."""
    places = [CategoryFactory()] + [
        CategoryFactory(group=group, visible_to_whom=audience) for audience in ("everyone", "members", "organisers")
    ]
    states = {}, {"hidden_at": WRITTEN}, {"deleted_at": WRITTEN}
    people = author, MemberFactory()
    for place, of_topic, of_post, (writer, other) in product(places, states, states, (people, people[::-1])):
        topic = TopicFactory(category=place, author=writer, title="A wombat", posts=0, **of_topic)
        PostFactory(topic=topic, author=other, number=1, body="One quokka", **of_post)


@pytest.fixture(scope="class")
def readers(standing: Standing) -> Iterator[dict[str, Member | None]]:
    with standing():
        group, author = GroupFactory(), MemberFactory()
        fill(group, author)
        yield {
            "visitor": None,
            "stranger": MemberFactory(),
            "author": author,
            "inside": MembershipFactory(group=group).member,
            "group moderator": MembershipFactory(group=group, role="moderator").member,
            "organiser": OrganiserFactory(group=group).member,
            "organiser elsewhere": OrganiserFactory().member,
            "moderator": MemberFactory(is_moderator=True),
        }


class TestEverywhere:
    @pytest.mark.django_db
    @pytest.mark.parametrize("name", READERS)
    @pytest.mark.parametrize("words", ["quokka", "wombat", "in:title wombat", "quokka -nothing", "before:2100"])
    def test_a_search_sees_what_its_reader_sees(
        self, readers: dict[str, Member | None], name: str, words: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "BEST_TITLES", 120)
        reader = readers[name]
        found = search.find(reader, search.parse(words), limit=120)
        assert sorted(hit.row.post for hit in found.hits) == sorted(
            Post.objects.visible_to(reader).values_list("pk", flat=True)
        )
        assert found.hits


def test_places_a_visitor_may_read_are_kept_and_yet_made_sure_of(
    group: Group, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    place = CategoryFactory(group=group)
    PostFactory(topic=TopicFactory(category=place, posts=0), number=1, body="One quokka")
    asked = search.parse("quokka")
    (hit,) = search.find(None, asked).hits
    with django_assert_num_queries(2):
        assert search.find(None, asked).hits == [hit]
    Category.objects.filter(pk=place.pk).update(visible_to_whom="members")  # nobody told this process
    assert search.find(None, asked) == search.Found()
