"""Feeds hold what a visitor may read, with labels, and answer 304 while nothing changes."""

from xml.etree import ElementTree as ET

import pytest

from community.registry import Label
from forum.actions import posts, tags
from forum.actions.tags import put_on
from forum.models import Post, Tag
from tests.factories.community import GroupFactory, MemberFactory
from tests.factories.forum import WRITTEN, CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


def titles(answer) -> list[str]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return [item.findtext("title") for item in ET.fromstring(answer.content).iter("item")]


def test_each_feed_holds_its_own(client, group):
    here = TopicFactory(category=TalkFactory(group=group), title="Of the group & its <friends>")
    site = TopicFactory(category=CategoryFactory(slug="security"), title="Of the site")
    assert titles(client.get("/forum/latest.rss")) == [site.title, here.title]
    assert titles(client.get("/forum/c/security/feed.rss")) == [site.title]
    assert titles(client.get(f"/groups/{group.slug}/feed.rss")) == [here.title]
    assert titles(client.get(f"/groups/{GroupFactory().slug}/feed.rss")) == []


def test_a_tag_has_a_feed_and_its_old_name_leads_to_it(client, group, at):
    named = TopicFactory(title="Tapes", category=TalkFactory(group=group))
    TopicFactory(title="Something else")
    inside = TopicFactory(title="Between us", category=MembersOnlyFactory(group=group))
    moderator = MemberFactory(is_moderator=True)
    for topic in (named, inside):
        tags.retag(actor=moderator, topic=topic, names=["backup"], at=at)
    assert titles(client.get("/forum/tags/backup/feed.rss")) == ["Tapes"]
    assert "/forum/tags/backup/feed.rss" in client.get("/forum/tags/backup/").content.decode()
    tags.rename(actor=moderator, tag=Tag.objects.get(name="backup"), name="copies")
    assert client.get("/forum/tags/backup/feed.atom")["Location"] == "/forum/tags/copies/feed.atom"
    tags.retag(actor=moderator, topic=named, names=[], at=at)
    assert client.get("/forum/tags/copies/feed.rss").status_code == 404


def test_what_is_not_public_is_in_no_feed(client, group):
    TopicFactory(category=MembersOnlyFactory(group=group))
    TopicFactory(category=TalkFactory(group=group), hidden_at=WRITTEN)
    first_hidden = TopicFactory(category=TalkFactory(group=group))
    Post.objects.filter(topic=first_hidden).update(hidden_at=WRITTEN)
    assert titles(client.get("/forum/latest.rss")) == []
    assert titles(client.get(f"/groups/{group.slug}/feed.rss")) == []


def test_the_label_stands_beside_the_author(client, group, monkeypatch):
    topic = TopicFactory(category=TalkFactory(group=group))
    label = Label("works for Acme", "Acme", is_sponsor=False)
    monkeypatch.setattr("community.registry._labellers", [lambda ids, place: dict.fromkeys(ids, label)])
    for address in ("/forum/latest.rss", f"/groups/{group.slug}/feed.rss"):
        assert f"{topic.author.shown_name} (works for Acme)" in client.get(address).content.decode()


def test_a_topic_has_a_feed_of_its_newest_posts(client, group):
    topic = TopicFactory(category=TalkFactory(group=group), title="Tapes", posts=33)
    Post.objects.filter(topic=topic, number=33).update(hidden_at=WRITTEN)
    assert titles(client.get(f"{topic.get_absolute_url()}feed.rss")) == [f"Tapes (#{n})" for n in range(32, 2, -1)]
    inside = TopicFactory(category=MembersOnlyFactory(group=group))
    assert client.get(f"{inside.get_absolute_url()}feed.rss").status_code == 404


def test_every_feed_is_there_in_atom_too(client, group):
    topic = TopicFactory(category=TalkFactory(group=group, slug="talk"), title="Tapes & <more>")
    put_on(topic, [Tag.objects.create(name="vat", key="vat")])
    for address in (
        "/forum/latest",
        "/forum/tags/vat/feed",
        "/forum/c/talk/feed",
        f"/groups/{group.slug}/feed",
        f"{topic.get_absolute_url()}feed",
    ):
        answer = client.get(f"{address}.atom")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
        names = [each.text for each in ET.fromstring(answer.content).iter() if each.tag.endswith("}title")]
        assert names[1].startswith("Tapes & <more>")
        assert client.get(f"{address}.atom", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_an_unchanged_feed_is_not_sent_again(client, db, at):
    topic = TopicFactory()
    first = client.get("/forum/latest.rss")
    assert first["Last-Modified"]
    known = {"If-None-Match": first["ETag"]}
    assert client.get("/forum/latest.rss", headers=known).status_code == 304
    posts.edit(author=topic.author, post=topic.posts.get(), body="Changed", at=at)
    assert client.get("/forum/latest.rss", headers=known).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_what_feeds_cost(client, group, count, django_assert_num_queries):
    talk = TalkFactory(group=group)
    vat = Tag.objects.create(name="vat", key="vat")
    for _ in range(count):
        put_on(TopicFactory(category=talk), [vat])
    for address, queries in (
        ("/forum/latest.rss", 3),
        (f"/groups/{group.slug}/feed.rss", 4),
        (f"/forum/c/{talk.slug}/feed.rss", 4),
        ("/forum/tags/vat/feed.rss", 5),
    ):
        with django_assert_num_queries(queries):
            client.get(address)
