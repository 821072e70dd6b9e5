"""For every kind of reader and every kind of place: lists, questions and recipients say the same."""

import pytest

from community.models import Member
from forum.models import Category, Post, Topic
from forum.notices import readers_of
from forum.policies.keeping import may_read, may_see
from forum.streams import may_join
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import WRITTEN, CategoryFactory, PostFactory, TalkFactory, TopicFactory

# reader: the places they read (site, everyone, members, organisers), hidden topic?, hidden post?
READERS = {
    "visitor": ("site everyone", False, False),
    "stranger": ("site everyone", False, False),
    "left": ("site everyone", False, False),
    "member": ("site everyone members", False, False),
    "author": ("site everyone members", True, True),
    "group_moderator": ("site everyone members", True, True),
    "organiser": ("site everyone members organisers", True, True),
    "organiser_elsewhere": ("site everyone", False, False),
    "site_moderator": ("site everyone members organisers", True, True),
}


def reader(who, group, author):
    return {
        "visitor": lambda: None,
        "stranger": MemberFactory,
        "left": lambda: MembershipFactory(group=group, ends_on=WRITTEN.date()).member,
        "member": lambda: MembershipFactory(group=group).member,
        "author": lambda: author,
        "group_moderator": lambda: MembershipFactory(group=group, role="moderator").member,
        "organiser": lambda: OrganiserFactory(group=group).member,
        "organiser_elsewhere": lambda: OrganiserFactory().member,
        "site_moderator": lambda: MemberFactory(is_moderator=True),
    }[who]()


@pytest.mark.parametrize("who", READERS)
def test_readers_and_places(who, group):
    places = {
        "site": CategoryFactory(),
        "everyone": TalkFactory(group=group),
        "members": TalkFactory(group=group, visible_to_whom="members"),
        "organisers": TalkFactory(group=group, visible_to_whom="organisers"),
    }
    author = MembershipFactory(group=group).member
    topics = {name: TopicFactory(category=place) for name, place in places.items()}
    hidden = TopicFactory(category=places["everyone"], author=author, hidden_at=WRITTEN)
    hidden_post = PostFactory(topic=topics["everyone"], author=author, number=2, hidden_at=WRITTEN)
    removed = TopicFactory(category=places["everyone"], author=author, deleted_at=WRITTEN)
    names, sees_hidden_topic, sees_hidden_post = READERS[who]
    member = reader(who, group, author)

    expected = {topics[name] for name in names.split()} | ({hidden} if sees_hidden_topic else set())
    assert set(Topic.objects.visible_to(member)) == expected
    assert set(Category.objects.visible_to(member)) == {places[name] for name in names.split()}
    seen_posts = set(Post.objects.visible_to(member))
    assert {post.topic for post in seen_posts} == expected
    assert (hidden_post in seen_posts) == sees_hidden_post
    for topic in (*topics.values(), hidden, removed):
        assert bool(may_see(member, topic)) == (topic in expected)
        assert may_join(member, topic.pk) == (topic in expected)
    for name, place in places.items():
        assert bool(may_read(member, place)) == (name in names.split())
        if member is not None:
            assert Member.objects.filter(readers_of(place), pk=member.pk).exists() == (name in names.split())
