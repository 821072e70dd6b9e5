"""The answer under the question, on the post and in lists; the button that marks it."""

import pytest

from community.models import Block
from community.registry import Label
from forum.models import Topic
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, PostFactory, TopicFactory


@pytest.fixture
def topic(db):
    topic = TopicFactory(title="How do you price backups?", category=CategoryFactory(slug="prices"))
    PostFactory(topic=topic, number=2, body_html="<p>Per seat &amp; month, <b>never</b> per gigabyte.</p>")
    topic.last_number = topic.post_count = 2
    topic.save()
    return topic


def page(client, topic) -> str:
    return client.get(topic.get_absolute_url()).content.decode()


def solve(client, topic, **how):
    return client.post(f"/forum/solve/{topic.posts.get(number=2).pk}/", how)


def test_marking_shows_the_answer_under_the_question_and_in_lists(topic, client, signed_in):
    asker, answer = signed_in(topic.author), topic.posts.get(number=2)
    assert solve(asker, topic)["Location"] == answer.get_absolute_url()
    text = page(client, topic)
    assert text.index('id="p1"') < text.index("Per seat &amp; month, never per gigabyte.") < text.index('id="p2"')
    assert f'<a href="{answer.get_absolute_url()}">#2</a>' in text
    for address in ("/forum/", "/forum/c/prices/"):
        assert "Solved</span>" in client.get(address).content.decode()
    assert solve(asker, topic, solved="0").status_code == 302
    assert "per gigabyte.</p>" in page(client, topic)
    assert "Answered by" not in page(client, topic)
    assert "Solved</span>" not in client.get("/forum/").content.decode()


def test_only_those_who_may_are_offered_it_and_others_are_refused(topic, client, signed_in, member):
    for visitor in (client, signed_in(member)):
        assert "This is the answer" not in page(visitor, topic)
    assert page(signed_in(topic.author), topic).count("This is the answer") == 1
    assert solve(client, topic)["Location"].startswith("/account/login/")
    answer = solve(signed_in(member), topic)
    assert (answer.status_code, "Only whoever asked" in answer.content.decode()) == (403, True)
    assert Topic.objects.solved().count() == 0


def test_the_words_of_the_blocked_stay_folded_and_a_vendor_wears_the_label(
    topic, client, signed_in, member, at, monkeypatch
):
    answer = topic.posts.get(number=2)
    Topic.objects.filter(pk=topic.pk).update(solved_by=answer)
    Block.objects.create(member=member, blocked=answer.author, created_at=at)
    said = Label("works for Acme, sponsor", "Acme", is_sponsor=True)
    monkeypatch.setattr("community.registry._labellers", [lambda ids, place: {answer.author_id: said}])
    box = page(signed_in(member), topic).split("<aside", 1)[1].split("</aside>")[0]
    assert ("per gigabyte" in box, "works for Acme" in box) == (False, True)
    assert "per gigabyte" in page(client, topic).split("<aside", 1)[1].split("</aside>")[0]


def test_an_answer_pages_away_costs_nothing_more(client, topic, django_assert_num_queries):
    # how it stands, the topic, its posts, their labels, and on its last page what is like it
    with django_assert_num_queries(5):
        page(client, topic)
    last = PostFactory(topic=topic, author=MemberFactory(), number=45)
    Topic.objects.filter(pk=topic.pk).update(solved_by=last, last_number=45)
    with django_assert_num_queries(4):
        assert "#45</a>" in page(client, topic)
