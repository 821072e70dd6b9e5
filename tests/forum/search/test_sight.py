"""A search sees just what `visible_to` sees, whoever asks, wherever it stands and whatever became of it."""

from itertools import product

import pytest

from community.models import Group, Member
from forum import search
from forum.models import Post
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
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


@pytest.fixture
def readers(group: Group) -> dict[str, Member | None]:
    return {
        "visitor": None,
        "stranger": MemberFactory(),
        "author": MemberFactory(),
        "inside": MembershipFactory(group=group).member,
        "group moderator": MembershipFactory(group=group, role="moderator").member,
        "organiser": OrganiserFactory(group=group).member,
        "organiser elsewhere": OrganiserFactory().member,
        "moderator": MemberFactory(is_moderator=True),
    }


@pytest.fixture
def world(group: Group, readers: dict[str, Member | None]) -> None:
    """Each kind of place, with topics and posts of two people, as they stand, hidden and removed."""
    places = [CategoryFactory()] + [
        CategoryFactory(group=group, visible_to_whom=audience) for audience in ("everyone", "members", "organisers")
    ]
    states = {}, {"hidden_at": WRITTEN}, {"deleted_at": WRITTEN}
    people = readers["author"], MemberFactory()
    for place, of_topic, of_post, (author, other) in product(places, states, states, (people, people[::-1])):
        topic = TopicFactory(category=place, author=author, title="A wombat", posts=0, **of_topic)
        PostFactory(topic=topic, author=other, number=1, body="One quokka", **of_post)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("words", ["quokka", "wombat", "in:title wombat", "quokka -nothing", "before:2100"])
def test_a_search_sees_what_its_reader_sees(
    world: None, readers: dict[str, Member | None], name: str, words: str
) -> None:
    reader = readers[name]
    found = search.find(reader, search.parse(words), limit=120)
    assert sorted(hit.row.post for hit in found.hits) == sorted(
        Post.objects.visible_to(reader).values_list("pk", flat=True)
    )
    assert found.hits
