"""Who read a post may read what it said before, change by change."""

from datetime import timedelta

import pytest

from community.registry import Label
from forum.actions import posts
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import WRITTEN, MembersOnlyFactory, TopicFactory


def changed(topic, times=1, **more):
    post = topic.posts.get(number=1)
    for n in range(times):
        at = WRITTEN + timedelta(hours=n + 1)
        post = posts.edit(author=topic.author, post=post, body=f"It costs {n} pounds.", at=at, **more)
    return f"/forum/history/{post.pk}/"


def test_each_change_says_what_by_whom_and_why(client, db):
    topic = TopicFactory(author__display_name="Anna Quill", title="Old title")
    first = topic.posts.get().body
    text = client.get(changed(topic, 2, title="New title", reason="I asked again")).content.decode()
    assert "(removed: </span>0 <span" in text
    assert "(added: </span>1 <span" in text
    assert "(removed: </span>Old <span" in text
    assert text.index('id="text-3"') < text.index('id="text-2"') < text.index('id="text-1"')
    assert text.count("Anna Quill") == 3
    assert text.count("I asked again") == 2
    assert first in text


def test_hostile_text_is_only_text(client, db):
    topic = TopicFactory()
    post = topic.posts.get()
    posts.edit(author=topic.author, post=post, body="<img src=x onerror=alert(1)>", at=WRITTEN + timedelta(hours=1))
    text = client.get(f"/forum/history/{post.pk}/").content.decode()
    assert "<img src=x" not in text
    assert "&lt;img" in text


def test_only_those_who_may_read_the_post(client, signed_in, joined, member, group, at):
    topic, neighbour = (
        TopicFactory(category=MembersOnlyFactory(group=group), author=joined),
        MembershipFactory(group=group),
    )
    address, readers = changed(topic), [client, *map(signed_in, (member, neighbour.member, joined))]
    assert [who.get(address).status_code for who in readers] == [404, 404, 200, 200]
    posts.hide(post_id=topic.posts.get().pk, at=at)
    assert [who.get(address).status_code for who in readers] == [404, 404, 404, 200]


def test_the_departed_are_a_former_member_and_vendors_wear_their_label(client, db, at, monkeypatch):
    topic = TopicFactory(author__display_name="Anna Quill")
    address = changed(topic)
    labelled = {topic.author_id: Label("works for Acme", "Acme", is_sponsor=False)}
    monkeypatch.setattr("community.registry._labellers", [lambda ids, place: labelled])
    assert client.get(address).content.decode().count("works for Acme") == 2
    topic.author.departed_at = at
    topic.author.save()
    text = client.get(address).content.decode()
    assert text.count("a former member") == 2
    assert "Anna Quill" not in text


def test_a_long_history_comes_in_pages(client, db):
    topic = TopicFactory(author=MemberFactory(trust=4))
    address = changed(topic, 11)
    text = client.get(address).content.decode()
    assert (text.count('class="step"'), 'href="?before=3"' in text) == (10, True)
    older = client.get(f"{address}?before=3").content.decode()
    assert (older.count('class="step"'), "Older changes" in older) == (2, False)
    assert client.get(f"{address}?before=x").status_code == 200


def test_a_post_that_stands_says_so(client, db):
    page = client.get(f"/forum/history/{TopicFactory().posts.get().pk}/")
    assert "as it was first written" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("times", [1, 3])
def test_what_it_costs(client, db, times, django_assert_num_queries):
    address = changed(TopicFactory(), times)
    # the post, its texts, labels
    with django_assert_num_queries(3):
        client.get(address)
