"""The ways to look at a list: what stands in each, which tabs are lit, and what an empty one says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.actions import at_once
from community.models import Member
from forum.actions import posts, reading, topics
from forum.models import Reading, Tally, Topic
from forum.models.tally import first_day
from tests.factories.community import MemberFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def place(now):
    return CategoryFactory()


def shown(client, address: str) -> list[str]:
    return [line.topic.title for line in client.get(address).context["page"].lines]


def tabs(client, address: str) -> dict[str, int]:
    return {tab.text: tab.count for tab in client.get(address).context["tabs"]}


def test_each_view_holds_its_topics_in_the_forum_a_place_and_a_group(signed_in, joined, group, now):
    talk = TalkFactory(group=group)
    made = {"category": talk, "created_at": now, "last_posted_at": now}
    begun = TopicFactory(title="Begun", posts=3, **made)
    TopicFactory(title="Fresh", **made)
    TopicFactory(title="Mine", author=joined, **made)
    TopicFactory(title="Elsewhere", posts=3, **{**made, "category": CategoryFactory()})
    reading.read_up_to(member=joined, topic=begun, number=2, at=now)
    reading.read_up_to(member=joined, topic=Topic.objects.get(title="Mine"), number=1, at=now)
    client = signed_in(joined)
    for address in (f"/forum/c/{talk.slug}/", f"/groups/{group.slug}/forum/"):
        assert shown(client, f"{address}?view=new") == ["Fresh"]
        assert shown(client, f"{address}?view=unread") == ["Begun"]
        assert shown(client, f"{address}?view=unanswered") == ["Mine", "Fresh"]
        assert shown(client, f"{address}?view=mine") == ["Mine"]
        assert shown(client, f"{address}?view=top") == ["Begun", "Mine", "Fresh"]
        assert tabs(client, address) == {"Latest": 0, "New": 1, "Unread": 1}
    assert shown(client, "/forum/?view=new") == ["Elsewhere", "Fresh"]
    assert tabs(client, "/forum/") == {"Latest": 0, "New": 2, "Unread": 1}


def test_what_is_hidden_waits_for_nobody(signed_in, member, place, now):
    topic = TopicFactory(category=place, posts=3)
    at_once.run(reading.wrote(member=member, topic=topic, number=2, at=now, level=Reading.Level.TRACKING))
    client = signed_in(member)
    assert tabs(client, "/forum/") == {"Latest": 0, "Unread": 1}
    post = topic.posts.get(number=3)
    posts.hide(post_id=post.pk, at=now)
    assert tabs(client, "/forum/") == {}
    assert "badge-ember" not in client.get("/forum/").content.decode()
    posts.restore(post_id=post.pk, at=now)
    topics.hide(topic_id=topic.pk, at=now)
    assert tabs(signed_in(topic.author), "/forum/") == {}
    assert shown(client, "/forum/?view=unread") == []


def test_a_dozen_topics_need_no_tabs_and_a_long_list_has_them(client, signed_in, member, place, now):
    for _ in range(12):
        TopicFactory(category=place, created_at=now - timedelta(days=20))
    address = f"/forum/c/{place.slug}/"
    assert tabs(client, address) == {}
    place.refresh_from_db()
    place.topic_count = 31
    place.save()
    assert list(tabs(client, address)) == ["Latest", "Top", "Unanswered"]
    assert list(tabs(signed_in(member), address)) == ["Latest", "Top", "Unanswered", "Mine"]
    assert list(tabs(client, "/forum/")) == ["Latest", "Top", "Unanswered"]


def test_top_goes_on_by_key_without_gap_or_overlap(client, place, now):
    for n in range(33):
        topic = TopicFactory(category=place, title=f"Number {n:02}", last_posted_at=now)
        Tally.objects.filter(topic=topic).delete()
        Tally.objects.create(topic=topic, span="month", starts_on=first_day("month", now), posts=1 + n // 4)
    first = client.get("/forum/?view=top&span=month")
    second = client.get(f"/forum/?view=top&span=month&before={first.context['page'].older}")
    found = [line.topic.title for page in (first, second) for line in page.context["page"].lines]
    assert found == [f"Number {n:02}" for n in reversed(range(33))]
    assert f'href="?view=top&amp;span=month&amp;before={first.context["page"].older}"' in first.content.decode()
    assert shown(client, "/forum/?view=top") == []


def test_pinned_topics_are_not_missing_from_the_other_views(client, place, now):
    TopicFactory(category=place, title="Read this first", is_pinned=True)
    assert shown(client, f"/forum/c/{place.slug}/") == []
    assert shown(client, f"/forum/c/{place.slug}/?view=unanswered") == ["Read this first"]


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("new", "Nothing new."),
        ("unread", "You are up to date."),
        ("top", "Nobody has written here in this time yet."),
        ("unanswered", "Every topic here has an answer."),
        ("mine", "You have not written here yet."),
        ("latest", "Quiet so far."),
    ],
)
def test_an_empty_view_says_what_could_be_here(signed_in, member, place, now, view, words):
    assert words in signed_in(member).get(f"/forum/c/{place.slug}/?view={view}").content.decode()


@pytest.mark.parametrize("view", ["new", "unread", "mine"])
def test_a_visitor_is_asked_who_they_are_and_a_made_up_view_is_not_there(client, place, view):
    for address in ("/forum/", f"/forum/c/{place.slug}/"):
        answer = client.get(f"{address}?view={view}")
        assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True)
        assert client.get(f"{address}?view=nonsense").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("view", ["new", "unread", "top", "unanswered", "mine"])
def test_no_view_costs_more(signed_in, joined, group, now, count, view, django_assert_num_queries):
    talk = TalkFactory(group=group)
    for _ in range(count):
        TopicFactory(category=talk, author=joined, posts=2, created_at=now)
    client = signed_in(joined)
    for address, cost in (("/forum/", 7), (f"/forum/c/{talk.slug}/", 9), (f"/groups/{group.slug}/forum/", 10)):
        client.get(address)
        with django_assert_num_queries(cost):
            client.get(f"{address}?view={view}")


def test_a_strangers_private_talk_stands_in_no_view(signed_in, group, now):
    other: Member = MemberFactory()
    TopicFactory(category=TalkFactory(group=group, visible_to_whom="members"), author=other, created_at=now)
    for view in ("latest", "new", "unread", "top", "unanswered", "mine"):
        assert shown(signed_in(other), f"/forum/?view={view}") == []
