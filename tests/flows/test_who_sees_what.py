"""For each kind of reader and each thing in the forum: lists, pages, search, feeds, live events and API agree.

Everything that can be read holds a word that stands nowhere else. A reader's words are those of `READS`; every way of
looking shows exactly those of them that stand there, and never another.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Member
from forum import streams
from forum.actions import bookmarks, following, places
from forum.models import Post, Reading, Topic
from forum.notices import readers_of
from forum.queries.history import history
from moderation import registry
from notifications.models import Notice
from tests.conftest import Standing
from tests.factories.community import GroupFactory, MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import EnclosureFactory
from tests.flows.readable import ALL, HIDDEN, OPEN, READS, TITLES, World, found, of_place
from tests.forum.models.test_visibility import reader as somebody


@pytest.fixture(scope="module")
def made(standing: Standing) -> Iterator[World]:
    with standing():
        yield World(GroupFactory(), MemberFactory(is_moderator=True, trust=4, display_name="Writer"))


@pytest.fixture
def world(made: World, db: None) -> World:
    return deepcopy(made)


@pytest.fixture(params=READS)
def who(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def member(who: str, world: World) -> Member | None:
    return somebody(who, world.group, world.author)


@pytest.fixture
def look(member: Member | None) -> Client:
    client = Client()
    if member is not None:
        client.force_login(member)
    return client


def test_lists_show_the_titles_one_may_read(world: World, who: str, look: Client) -> None:
    titles, tag_words = READS[who] & TITLES, {"ztagopen", "ztagmembers", "ztagdesk"} & READS[who]
    tagged = titles | tag_words
    for view in ("latest", "top"):
        assert found(look.get("/forum/", {"view": view})) == tagged, view
    assert found(look.get("/forum/", {"view": "unanswered"})) == titles - {"zopen", "zmembers"} | tag_words & {
        "ztagdesk"
    }
    in_group = titles - {"zsite"}
    assert found(look.get(reverse("forum:group", args=[world.group.slug]))) == in_group | tag_words
    for place in (world.site, world.everyone, world.members, world.desk):
        expected = of_place(world, place) & titles
        words = {f"ztag{word[1:]}" for word in expected} & tag_words
        assert found(look.get(place.get_absolute_url())) == expected | words, place
    assert found(look.get(reverse("forum:tags"))) == tag_words
    for word in ("open", "members", "desk"):
        page = look.get(reverse("forum:tag", args=[f"ztag{word}"]))
        assert found(page) == ({f"z{word}", f"ztag{word}"} if f"z{word}" in titles else set())


# word: the topic on whose page its post stands
# What its author took down can be put back, by them and by those who look after the place: they read it on its page.
BODIES = {"zbody": "zopen", "znow": "zopen", "zfolded": "zopen", "zwhisper": "zopen", "zsecond": "zmembers"}


def on_page(world: World, who: str, topic: str) -> set[str]:
    """What one reads on the page of a topic."""
    if topic not in READS[who]:
        return set()
    words = {topic, f"ztag{topic[1:]}", *(word for word, there in BODIES.items() if there == topic)} & READS[who]
    return words | ({"zremoved"} if topic == "zopen" and "zfolded" in READS[who] else set())


def test_pages_show_what_one_may_read_and_old_addresses_lead_nowhere_else(world: World, who: str, look: Client) -> None:
    for word, opened in world.topics.items():
        topic = Topic.objects.get(pk=opened.pk)
        expected = on_page(world, who, word)
        for query in ({}, {"as": "tree"}):
            text = found(look.get(topic.get_absolute_url(), query))
            # Below a page stand the titles of others like it.
            assert text - (READS[who] & TITLES) == expected - TITLES, (word, query)
            assert (word in text) == (word in READS[who])
        assert (look.get(f"{topic.get_absolute_url()}1").status_code == 302) == (word in READS[who])
    for post in Post.objects.select_related("topic"):
        word = post.topic.title if post.body == "First words" else post.body
        is_read = word in READS[who] | {"Which evening?"}
        fetched = look.get(reverse("forum:one", args=[post.pk]), headers={"X-Requested-With": "fetch"})
        assert (fetched.status_code == 200) == is_read, word
        assert found(fetched) <= READS[who]
        for name in ("forum:context", "forum:history", "forum:reacted"):
            assert (look.get(reverse(name, args=[post.pk])).status_code != 404) == is_read, (name, word)
    assert "zwithheld" not in look.get(reverse("forum:history", args=[world.changed.pk])).content.decode()
    assert look.get(reverse("forum:voted", args=[world.asked.pk])).status_code == 404


def test_search_finds_what_one_may_read(world: World, who: str, look: Client) -> None:
    for word in sorted(ALL - {"ztagopen", "ztagmembers", "ztagdesk", "zvoter", "zwhisper"}):
        addresses = {f"/forum/t/{topic.pk}/" for topic in world.topics.values()}
        text = look.get(reverse("cms:search"), {"q": word, "type": "talk"}).content.decode()
        hits = {address for address in addresses if address in text}
        there = world.topics.get(word) or world.topics.get(BODIES.get(word, ""))
        is_found = there is not None and word in READS[who]
        assert hits == ({f"/forum/t/{there.pk}/"} if there and is_found else set()), word
    for word in ("ztagopen", "ztagmembers", "ztagdesk"):
        text = look.get(reverse("cms:search"), {"q": f"tag:{word}", "type": "talk"}).content.decode()
        topic = world.topics[f"z{word[4:]}"]
        assert (f"/forum/t/{topic.pk}/" in text) == (word in READS[who])
    for word in ("zwhisper", "zwithheld", "zvoter"):
        assert "/forum/t/" not in look.get(reverse("cms:search"), {"q": word, "type": "talk"}).content.decode()


def test_feeds_sitemap_and_api_are_the_same_for_all_and_hold_what_a_visitor_reads(
    world: World, who: str, look: Client
) -> None:
    for kind in ("rss", "atom"):
        assert found(look.get(reverse(f"forum:latest-{kind}"))) == OPEN & TITLES
        assert found(look.get(reverse(f"forum:group-{kind}", args=[world.group.slug]))) == {"zopen"}
        for place, expected in ((world.site, {"zsite"}), (world.everyone, {"zopen"}), (world.members, set())):
            assert found(look.get(reverse(f"forum:category-{kind}", args=[place.slug]))) == expected
        for word in ("open", "members", "desk"):
            feed = look.get(reverse(f"forum:tag-{kind}", args=[f"ztag{word}"]))
            assert found(feed) == ({"zopen", "ztagopen"} if word == "open" else set())
        for word, topic in world.topics.items():
            feed = look.get(reverse(f"forum:topic-{kind}", args=[topic.pk, topic.slug]))
            assert found(feed) == ({word, *BODIES} & OPEN - {"zsecond"} if word == "zopen" else {word} & OPEN), word
    assert found(look.get("/api/v1/topics")) == OPEN & TITLES
    assert found(look.get("/api/v1/topics", {"group": world.group.slug})) == {"zopen"}
    for word, topic in world.topics.items():
        assert found(look.get(f"/api/v1/topics/{topic.pk}")) == {word} & OPEN
        expected = {"zopen", "zbody", "znow"} if word == "zopen" else {word} & OPEN
        assert found(look.get(f"/api/v1/topics/{topic.pk}/posts")) == expected
    assert found(look.get(reverse("cms:sitemap-part", args=["topics", 0]))) == OPEN & TITLES


def test_live_events_reach_whoever_may_read(world: World, who: str, member: Member | None) -> None:
    for word, topic in world.topics.items():
        may_read, signed_in = word in READS[who], member is not None
        assert streams.may_join(member, topic.pk) == may_read, word
        assert streams.may_see_writers(member, topic.pk) == (may_read and signed_in)
        hears = may_read and bool({"zwhisper"} & READS[who]) and word != "zsite"
        assert streams.may_hear_whispers(member, topic.pk) == hears, word
    for place, word in ((world.everyone, "zopen"), (world.members, "zmembers"), (world.desk, "zdesk")):
        number = 0 if place is world.everyone else place.pk
        assert streams.may_hear_of(member, number) == (word in READS[who] and member is not None)


def test_counts_notices_bookmarks_and_reports_too(world: World, who: str, member: Member | None, look: Client) -> None:
    for post in Post.objects.select_related("topic"):
        word = post.topic.title if post.body == "First words" else post.body
        seen = registry.kind("post").visible_to(member, post.pk)
        assert seen == (word in READS[who] | {"Which evening?"}), word
    texts_seen = registry.kind("revision").visible_to(member, world.changed.revisions.get(number=1).pk)
    assert not texts_seen
    assert [step.number for step in history(world.changed, member, governs=True).steps if step.revision] == [2]
    if member is None:
        return
    new = {line.topic.title for line in lines_of(member)}
    # What is hidden waits for nobody, and the author has written in one of them.
    assert new == READS[who] & TITLES - HIDDEN - ({"zopen"} if member == world.author else set())
    for place, word in ((world.everyone, "zopen"), (world.members, "zmembers"), (world.desk, "zdesk")):
        assert Member.objects.filter(readers_of(place), pk=member.pk).exists() == (word in READS[who])
    for word in ("zopen", "zmembers", "zdesk"):
        if word in READS[who] and member != world.author:
            following.topic(member=member, topic=world.topics[word], level=Reading.Level.WATCHING, at=world.at)
            bookmarks.keep(
                member=member, post=world.topics[word].posts.get(number=1), note="", remind_at=None, at=world.at
            )
    for word in ("zopen", "zmembers", "zdesk"):
        world.say(word, f"{word} once more")
    if member != world.author:
        told = {notice.subject for notice in Notice.objects.filter(recipient=member)}
        read = {"zopen", "zmembers", "zdesk"} & READS[who]
        assert told == {f"topic:{world.topics[word].pk}" for word in read}
        assert found(look.get(reverse("forum:bookmarks"))) == read
        assert found(look.get(reverse("notifications:inbox"))) <= READS[who]


def lines_of(member: Member) -> list[Any]:
    """What is new to them."""
    from forum import queries

    return queries.lines(member, at=timezone.now(), view=queries.View.NEW).lines


def test_who_loses_the_right_loses_all_of_it(world: World, signed_in: Any) -> None:
    """A place narrows while somebody keeps a post of it and holds notices about it."""
    ada = MembershipFactory(group=world.group).member
    topic, client = world.topics["zmembers"], signed_in(ada)
    following.topic(member=ada, topic=topic, level=Reading.Level.WATCHING, at=world.at)
    bookmarks.keep(member=ada, post=topic.posts.get(number=1), note="", remind_at=None, at=world.at)
    picture = EnclosureFactory(member=world.writer, posts=[topic.posts.get(number=2)])
    world.say("zmembers", "Once more")
    addresses = ("/forum/", reverse("forum:bookmarks"), reverse("notifications:inbox"))
    assert all("zmembers" in client.get(address).content.decode() for address in addresses)
    assert client.get(picture.get_absolute_url()).status_code == 200
    facts = {"name": "Members place", "about": "", "colour": world.members.colour, "template": ""}
    organiser = OrganiserFactory(group=world.group).member
    places.amend(actor=organiser, place=world.members, at=world.at, visible_to_whom="organisers", **facts)
    lost = {"zmembers", "zsecond", "ztagmembers"}
    assert [found(client.get(address)) & lost for address in addresses] == [set()] * 3
    assert client.get(picture.get_absolute_url()).status_code == 404
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert not streams.may_join(ada, topic.pk)
    assert streams.count(ada, 0, {})["places"] == []
