"""A wiki is improved by those who belong to its place; its author hears of it, and every hand is on record."""

from datetime import timedelta

import pytest

from community.verdicts import NotAllowed
from forum.actions import posts, rendering, wiki
from forum.models import Reading
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory


@pytest.fixture
def topic(group, joined):
    return TopicFactory(category=TalkFactory(group=group), author=joined, title="Whom to call")


def made(topic, at):
    post = topic.posts.get(number=1)
    wiki.mark(actor=topic.author, post=post, is_wiki=True, at=at)
    return topic.posts.get(number=1)


def test_a_neighbour_improves_it_and_the_author_hears_of_it(topic, group, at):
    neighbour, post = MembershipFactory(group=group).member, made(topic, at)
    at += timedelta(days=400)
    posts.edit(author=neighbour, post=post, body="Better", title="My title", at=at)
    posts.edit(author=neighbour, post=post, body="Better!", at=at)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.body, post.author, topic.title) == ("Better!", topic.author, "Whom to call")
    assert list(post.revisions.order_by("number").values_list("editor", "body"))[1:] == [(neighbour.pk, "Better!")]
    assert list(Notice.objects.values_list("recipient", "kind")) == [(topic.author_id, "forum.edited")]
    assert neighbour.shown_name in Notice.objects.get().title


def test_a_mention_in_it_is_its_editors(topic, group, at):
    neighbour, named = MembershipFactory(group=group).member, MemberFactory(handle="anna")
    Reading.objects.create(member=topic.author, topic=topic, level="muted", read_at=at)
    posts.edit(author=neighbour, post=made(topic, at), body="@anna knows", at=at)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.actor) == (named, "forum.mentioned", neighbour)


def test_outsiders_and_newcomers_to_the_site_do_not(topic, member, at):
    with pytest.raises(NotAllowed, match="Join"):
        posts.edit(author=member, post=made(topic, at), body="x", at=at)
    site = TopicFactory(category=CategoryFactory(), author__trust=1)
    post = made(site, at)
    with pytest.raises(NotAllowed, match="no longer new"):
        posts.edit(author=member, post=post, body="x", at=at)
    assert posts.edit(author=MemberFactory(attended_at=at), post=post, body="Better", at=at).body == "Better"
    assert posts.edit(author=site.author, post=post, body="Again", at=at).body == "Again"


def test_who_makes_it_one_and_who_takes_that_back(topic, group, organiser, member, at):
    post, neighbour = topic.posts.get(), MembershipFactory(group=group).member
    for who in (neighbour, member):
        with pytest.raises(NotAllowed, match="make a post a wiki"):
            wiki.mark(actor=who, post=post, is_wiki=True, at=at)
    for is_wiki in (True, True, False):
        wiki.mark(actor=organiser, post=post, is_wiki=is_wiki, at=at)
        post.refresh_from_db()
        assert post.is_wiki == is_wiki
    with pytest.raises(NotAllowed, match="Only the person who wrote it"):
        posts.edit(author=neighbour, post=post, body="x", at=at)
    posts.hide(post_id=post.pk, at=at)
    post.refresh_from_db()
    with pytest.raises(NotAllowed, match="taken down"):
        wiki.mark(actor=topic.author, post=post, is_wiki=True, at=at)


REL = 'rel="nofollow ugc'
LINK = "Look at https://shop.example/"


def test_links_are_trusted_where_all_who_wrote_in_it_are(topic, group, at):
    topic.author.trust = 0
    topic.author.save(update_fields=["trust"])
    topic.posts.update(body=LINK)
    post = made(topic, at)
    helper = MembershipFactory(group=group, member__trust=2).member
    posts.edit(author=helper, post=post, body=f"{LINK}, they say", at=at + timedelta(days=1))
    post.refresh_from_db()
    assert REL in post.body_html


def test_a_newcomers_link_in_it_stays_one_when_it_is_rendered_again(topic, group, at):
    topic.author.trust = 2
    topic.author.save(update_fields=["trust"])
    post, newcomer = made(topic, at), MembershipFactory(group=group, member__trust=0).member
    posts.edit(author=newcomer, post=post, body=LINK, at=at + timedelta(days=1))
    posts.Post.objects.update(render_version=0)
    assert list(rendering.render_again()) == [1]
    post.refresh_from_db()
    assert REL in post.body_html
