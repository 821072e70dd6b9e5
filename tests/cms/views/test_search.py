"""One search over everything the reader may see."""

from datetime import timedelta

import pytest
from django.test import Client

from community.models import Group
from meetups.models import Meetup
from tests.factories.community import GroupFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, PostFactory, TopicFactory
from tests.factories.meetups import MeetupFactory

pytestmark = pytest.mark.django_db


def search(client=None, **asked):
    answer = (client or Client()).get("/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def topic_saying(words, **fields):
    topic = TopicFactory(posts=0, **fields)
    PostFactory(topic=topic, author=topic.author, number=1, body=words)
    return topic


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "   "}])
def test_without_words_there_is_only_the_field(asked):
    page = search(**asked)

    assert "Nothing says" not in page
    assert 'role="search"' in page


def test_each_kind_is_found(now, news):
    topic_saying("About quokka backups", title="A topic", category=CategoryFactory())
    MeetupFactory(title="Quokka evening", starts_at=now + timedelta(days=1))
    GroupFactory(name="Quokka table")
    news("Quokka news")

    page = search(q="quokka")

    assert [page.count(f'<h2 id="{kind}">') for kind in ("topics", "meetups", "groups", "pages")] == [1, 1, 1, 1]
    for words in ("A topic", "Quokka evening", "Quokka table", "Quokka news"):
        assert words in page


def test_one_kind_alone(now):
    MeetupFactory(title="Quokka evening", starts_at=now + timedelta(days=1))
    GroupFactory(name="Quokka table")

    page = search(q="quokka", type="groups")

    assert "Quokka table" in page
    assert "Quokka evening" not in page


def test_an_unknown_kind_means_all():
    GroupFactory(name="Quokka table")

    assert "Quokka table" in search(q="quokka", type="everything'--")


def test_every_word_must_stand_somewhere():
    GroupFactory(name="Quokka table", place_name="Leeds")
    GroupFactory(name="Quokka corner", place_name="Bristol")

    page = search(q="quokka leeds")

    assert "Quokka table" in page
    assert "Quokka corner" not in page


def test_what_the_reader_may_not_see_is_not_found(group, joined, signed_in, organiser, now, news):
    topic_saying("Quokka between ourselves", title="Members talk", category=MembersOnlyFactory(group=group))
    MeetupFactory(group=group, title="Quokka draft", state=Meetup.State.DRAFT, starts_at=now)
    GroupFactory(name="Quokka gone", state=Group.State.ARCHIVED)
    news("Quokka unpublished", live=False)

    page = search(q="quokka")
    assert "Nothing says “quokka”" in page
    page = search(signed_in(joined), q="quokka")
    assert "Members talk" in page
    assert "Quokka draft" not in page
    assert "Quokka draft" in search(signed_in(organiser), q="quokka")


def test_it_says_honestly_that_nothing_was_found():
    page = search(q="zzyzx", type="groups")

    assert "Nothing says “zzyzx” among the groups" in page


def test_evenings_to_come_stand_before_those_held(now):
    MeetupFactory(title="Quokka held", starts_at=now - timedelta(days=5))
    MeetupFactory(title="Quokka later", starts_at=now + timedelta(days=9))
    MeetupFactory(title="Quokka soon", starts_at=now + timedelta(days=1))

    page = search(q="quokka")

    assert page.index("Quokka soon") < page.index("Quokka later") < page.index("Quokka held")


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "\x00", "🦘", "a" * 201, '"unclosed', "AND OR NOT"])
def test_strange_words_do_no_harm(words):
    GroupFactory(name="Quokka table")

    assert "Quokka table" not in search(q=words)


def test_words_are_shown_as_typed_and_never_as_html():
    page = search(q="<script>alert(1)</script>")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_so_many_queries(now, news, signed_in, joined, django_assert_num_queries, count):
    for n in range(count):
        topic_saying(f"Quokka {n}", category=CategoryFactory())
        MeetupFactory(title=f"Quokka {n}", starts_at=now + timedelta(days=1))
        GroupFactory(name=f"Quokka {n}")
        news(f"Quokka {n}")
    client = signed_in(joined)
    search(client, q="quokka")

    with django_assert_num_queries(9):
        search(client, q="quokka")


def test_filters_look_in_the_talk_alone_and_are_explained(now):
    topic_saying("About quokka backups", title="A closed topic", category=CategoryFactory(), closed_at=now)
    topic_saying("About quokka backups", title="An open topic", category=CategoryFactory())
    GroupFactory(name="Quokka table")

    page = search(q="quokka is:closed size:big")
    assert "“size:” is not a filter here" in page
    page = search(q="quokka is:closed")
    assert "A closed topic" in page
    assert "An open topic" not in page
    assert "Quokka table" not in page
    assert "<dt><code>is:solved</code></dt>" in page


def test_a_typo_leads_to_what_was_meant():
    topic_saying("Words", title="Firewalls for ten people", category=CategoryFactory())

    page = search(q="firewals", type="topics")

    assert '<a href="?q=firewalls&amp;type=topics">firewalls</a>' in page


def test_topics_go_on_over_pages():
    for n in range(11):
        topic_saying("Quokka", title=f"Topic {n}", category=CategoryFactory())

    first, second = search(q="quokka", type="topics"), search(q="quokka", type="topics", page="2")

    assert (first.count('<li class="stack'), second.count('<li class="stack')) == (10, 1)
    assert 'rel="next" href="?q=quokka&amp;type=topics&amp;page=2"' in first
    assert 'rel="prev" href="?q=quokka&amp;type=topics&amp;page=1"' in second
    assert 'rel="next"' not in second
    assert ("That is all." in first, "That is all." in second) == (False, True)
    assert "Topic 10" in search(q="quokka", type="topics", page="x")
