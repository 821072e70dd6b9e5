"""The topic page: posts in order, real pages, permanent addresses, folded and missing posts, and what it costs."""

import json
import re

import pytest
import time_machine

from community.models import Block
from community.registry import Label
from forum.actions import posts
from forum.models import Post, Reading
from live import changes
from moderation.models import Decision, Rule
from tests.factories.community import MemberFactory, OrganiserFactory
from tests.factories.forum import PollFactory, PostFactory, TalkFactory, TopicFactory


def numbers(page) -> list[int]:
    return [int(n) for n in re.findall(r'<article class="post[^"]*" id="p(\d+)"', page.content.decode())]


def test_posts_stand_in_pages_of_twenty_with_their_neighbours(client, db):
    topic = TopicFactory(posts=45)
    address = topic.get_absolute_url()
    assert numbers(client.get(address)) == list(range(1, 21))
    second = client.get(f"{address}?page=2")
    assert numbers(second) == list(range(21, 41))
    text = second.content.decode()
    assert '<link rel="prev" href="?page=1">' in text
    assert '<link rel="next" href="?page=3">' in text
    assert f'rel="canonical" href="http://localhost:8000{address}?page=2"' in text
    assert numbers(client.get(f"{address}?page=3")) == list(range(41, 46))


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "99999999999999", "²"])
def test_there_is_no_other_page(client, db, page):
    assert client.get(TopicFactory(posts=45).get_absolute_url(), {"page": page}).status_code == 404


def test_a_wrong_slug_leads_to_the_right_one(client, db):
    topic = TopicFactory()
    answer = client.get(f"/forum/t/{topic.pk}/nonsense/?page=1")
    assert (answer.status_code, answer["Location"]) == (301, f"{topic.get_absolute_url()}?page=1")


@pytest.mark.parametrize(("number", "query"), [(1, ""), (20, ""), (21, "?page=2"), (45, "?page=3")])
def test_a_permanent_address_opens_the_right_page_at_the_post(client, db, number, query):
    topic = TopicFactory(posts=45)
    answer = client.get(f"/forum/t/{topic.pk}/{topic.slug}/{number}")
    assert (answer.status_code, answer["Location"]) == (302, f"{topic.get_absolute_url()}{query}#p{number}")
    assert client.get(f"/forum/t/{topic.pk}/{topic.slug}/46").status_code == 404


def test_titles_without_letters_have_an_address_too(client, db):
    topic = TopicFactory(slug="")
    assert client.get(f"/forum/t/{topic.pk}/-/").status_code == 200


def test_being_shown_a_page_reads_it_and_never_unreads(signed_in, member, db):
    topic, client = TopicFactory(posts=45), signed_in(member)
    for page, read in ((2, 40), (1, 40), (3, 45)):
        client.get(f"{topic.get_absolute_url()}?page={page}")
        assert Reading.objects.get(member=member, topic=topic).last_number == read


def test_what_is_new_is_marked(signed_in, member, at):
    topic = TopicFactory(posts=5)
    Reading.objects.create(member=member, topic=topic, last_number=3, read_at=at)
    text = signed_in(member).get(topic.get_absolute_url()).content.decode()
    assert text.index('id="p3"') < text.index("New since you were here") < text.index('id="p4"')


def test_an_answer_says_what_it_answers(client, db):
    topic = TopicFactory()
    PostFactory(topic=topic, number=2, answers=topic.posts.get())
    topic.last_number = 2
    topic.save()
    assert f"in reply to #1 by {topic.author.shown_name}" in client.get(topic.get_absolute_url()).content.decode()


def test_a_hidden_post_is_folded_with_its_reason_for_those_who_may_see_it(client, signed_in, member, group, at):
    topic = TopicFactory(category=TalkFactory(group=group), posts=2)
    post = topic.posts.get(number=2)
    post.body_html = "<p>something rude</p>"
    post.save()
    posts.hide(post_id=post.pk, at=at)
    rule = Rule.objects.create(key="kind", title="Be kind", text="…")
    Decision.objects.create(
        target_kind="post", target_id=post.pk, kind="hide", rule=rule, reason="Rude to a newcomer.", decided_at=at
    )
    for who in (client, signed_in(member)):
        text = who.get(topic.get_absolute_url()).content.decode()
        assert "#2 was taken down." in text
        assert "something rude" not in text
        assert "Rude to a newcomer." not in text
    for who in (post.author, OrganiserFactory(group=group).member):
        text = signed_in(who).get(topic.get_absolute_url()).content.decode()
        assert "something rude" in text
        assert "Rude to a newcomer." in text


def test_posts_of_the_blocked_are_folded_for_the_one_who_blocked(client, signed_in, member, at):
    topic = TopicFactory()
    Block.objects.create(member=member, blocked=topic.author, created_at=at)
    assert (
        f"You have blocked {topic.author.shown_name}."
        in signed_in(member).get(topic.get_absolute_url()).content.decode()
    )
    assert "You have blocked" not in client.get(topic.get_absolute_url()).content.decode()


def test_the_departed_are_a_former_member(client, db, at):
    topic = TopicFactory(author=MemberFactory(display_name="Anna", departed_at=at))
    text = client.get(topic.get_absolute_url()).content.decode()
    assert "a former member" in text
    assert "Anna" not in text


def test_a_vendors_author_wears_the_label_asked_for_once(client, group, monkeypatch):
    topic = TopicFactory(category=TalkFactory(group=group), posts=3)
    asked = []

    def labeller(author_ids, place):
        asked.append((set(author_ids), place))
        return {topic.author_id: Label("works for Acme, sponsor", "Acme", is_sponsor=True)}

    monkeypatch.setattr("community.registry._labellers", [labeller])
    assert client.get(topic.get_absolute_url()).content.decode().count("works for Acme, sponsor") == 3
    assert asked == [({topic.author_id}, group)]


def test_machines_read_it_too_and_text_cannot_break_out(client, db):
    topic = TopicFactory(title="</script><script>alert(1)</script>", posts=2)
    text = client.get(topic.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    data = json.loads(found[1])
    assert (data["@type"], data["headline"], len(data["comment"])) == ("DiscussionForumPosting", topic.title, 1)


def test_members_are_offered_what_they_may_do(signed_in, client, organiser, joined, group):
    topic = TopicFactory(category=TalkFactory(group=group), author=joined)
    address = topic.get_absolute_url()
    with time_machine.travel(topic.created_at, tick=False):
        own, governing, visitor = (
            who.get(address).content.decode() for who in (signed_in(joined), signed_in(organiser), client)
        )
    post = topic.posts.get()
    assert (f"/forum/edit/{post.pk}/" in own, f"/forum/edit/{post.pk}/" in governing) == (True, False)
    assert (f"/forum/close/{topic.pk}/" in own, f"/forum/close/{topic.pk}/" in governing) == (False, True)
    assert "Sign in to reply" in visitor
    assert "<textarea" not in visitor


def test_a_closed_topic_says_so(client, db, at):
    topic = TopicFactory(closed_at=at)
    text = client.get(topic.get_absolute_url()).content.decode()
    assert "This topic is closed." in text
    assert "<textarea" not in text


@pytest.mark.parametrize("count", [1, 3, 20])
def test_what_a_topic_costs(client, signed_in, joined, group, count, settings, django_assert_num_queries):
    topic = TopicFactory(category=TalkFactory(group=group), posts=count)
    for post in Post.objects.filter(topic=topic):
        post.author = MemberFactory()
        post.save()
    with django_assert_num_queries(5):
        client.get(topic.get_absolute_url())
    member = signed_in(joined)
    member.get("/forum/")
    # the member, how it stands for them, topic, posts, labels, what they did with them, the inbox, what is like it,
    # and once the read mark
    with django_assert_num_queries(10):
        member.get(topic.get_absolute_url())
    with django_assert_num_queries(9):
        member.get(topic.get_absolute_url())
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    member.get(topic.get_absolute_url())
    # the member, how it stands for them, what they did with its posts
    with django_assert_num_queries(3):
        member.get(topic.get_absolute_url())


def test_a_first_visit_to_a_topic_with_a_poll_stays_within_twelve(signed_in, joined, group, django_assert_num_queries):
    topic = TopicFactory(category=TalkFactory(group=group), posts=2)
    poll, mine = PollFactory(post=topic.posts.get(number=1)), signed_in(joined)
    mine.get("/forum/")
    with django_assert_num_queries(12):
        assert poll.question in mine.get(topic.get_absolute_url()).content.decode()


def told(page) -> dict:
    """What machines read on it."""
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)[1]
    )


def test_machines_read_a_question_and_its_answer_once_it_is_solved(client, db):
    topic = TopicFactory(posts=3, title="Which </script> tapes?")
    assert told(client.get(topic.get_absolute_url()))["@type"] == "DiscussionForumPosting"
    topic.solved_by = topic.posts.get(number=3)
    topic.save()
    page = client.get(topic.get_absolute_url())
    question = told(page)["mainEntity"]
    assert (question["name"], question["answerCount"]) == ("Which </script> tapes?", 2)
    assert question["acceptedAnswer"]["text"] == topic.posts.get(number=3).body
    assert [each["text"] for each in question["suggestedAnswer"]] == [topic.posts.get(number=2).body]
    assert "script-src 'self'" in page["Content-Security-Policy"]


def test_a_shared_link_shows_the_first_words(client, db):
    topic = TopicFactory(posts=21, title="Tapes")
    Post.objects.filter(topic=topic, number=1).update(body_html="<p>We &amp; <b>they</b></p>")
    first = client.get(topic.get_absolute_url()).content.decode()
    assert '<meta property="og:title" content="Tapes">' in first
    assert '<meta property="og:description" content="We &amp; they">' in first
    assert f'<meta property="og:url" content="http://localhost:8000{topic.get_absolute_url()}">' in first
    second = client.get(f"{topic.get_absolute_url()}?page=2").content.decode()
    assert '<meta property="og:description" content="Tapes">' in second
