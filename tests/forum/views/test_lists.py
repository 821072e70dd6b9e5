"""Lists: what is there, what is new, what a reader may not see, and what it costs."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.actions import at_once, memberships
from forum.actions import following, posts, reading, topics
from forum.models import Reading, Topic
from live import changes
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory, TopicFactory


@pytest.fixture
def now():
    return timezone.now()


def addresses(topic: Topic) -> list[str]:
    """Every list on which a topic of a group can stand."""
    slug, group = topic.category.slug, topic.category.group
    return [f"/forum/c/{slug}/"] + ([f"/groups/{group.slug}/forum/"] if group else []) + ["/forum/"]


def test_a_topic_stands_in_the_lists_of_its_place_its_group_and_the_site(client, group):
    topic = TopicFactory(category=TalkFactory(group=group), title="Backups & prices", posts=3)
    for address in addresses(topic):
        page = client.get(address)
        assert page.status_code == 200
        assert "Backups &amp; prices" in page.content.decode()
        assert "2 replies" in page.content.decode()


def test_a_private_place_leaks_nowhere(client, signed_in, group, joined):
    topic = TopicFactory(category=MembersOnlyFactory(group=group, name="Inner circle"), title="The secret price")
    for visitor in (client, signed_in(MemberFactory()), signed_in(MembershipFactory().member)):
        for address in (*addresses(topic)[1:], "/forum/latest.rss", f"/groups/{group.slug}/feed.rss"):
            page = visitor.get(address)
            assert page.status_code == 200
            assert "secret price" not in page.content.decode()
            assert "Inner circle" not in page.content.decode()
        for address in (
            addresses(topic)[0],
            topic.get_absolute_url(),
            topic.get_absolute_url() + "1",
            f"/forum/c/{topic.category.slug}/feed.rss",
        ):
            assert visitor.get(address).status_code == 404
        # Who is not signed in is asked to, whether there is such a topic or not.
        answer = visitor.get(f"/forum/reply/{topic.pk}/")
        is_asked = "/account/login/" in answer.headers.get("Location", "")
        assert (answer.status_code, is_asked) == ((302, True) if visitor is client else (404, False))
    inside = signed_in(joined)
    for address in (*addresses(topic), topic.get_absolute_url()):
        assert "The secret price" in inside.get(address).content.decode()
    for address in ("/forum/latest.rss", f"/groups/{group.slug}/feed.rss"):
        assert "secret price" not in inside.get(address).content.decode()


def test_new_and_unread_are_marked_and_lead_to_the_first_unread_post(signed_in, member, now):
    fresh = TopicFactory(title="Fresh", created_at=now, last_posted_at=now)
    begun = TopicFactory(title="Begun", posts=5, category=fresh.category)
    passed = TopicFactory(title="Passed", posts=2, category=fresh.category)
    at_once.run(reading.wrote(member=member, topic=begun, number=3, at=now, level=Reading.Level.TRACKING))
    reading.read_up_to(member=member, topic=passed, number=1, at=now)
    page = signed_in(member).get("/forum/").content.decode()
    assert '<span class="badge badge-ember">New</span>' in page
    assert '<span class="badge badge-ember">2 new</span>' in page
    assert '<span class="badge">1 new</span>' in page
    assert f'href="/forum/t/{begun.pk}/{begun.slug}/4"' in page


def test_marking_all_read_clears_the_marks_and_comes_back(signed_in, member, now):
    TopicFactory(created_at=now, last_posted_at=now)
    client = signed_in(member)
    assert "Mark 1 as read" in client.get("/forum/read/").content.decode()
    answer = client.post("/forum/read/")
    assert (answer.status_code, answer["Location"]) == (302, "/forum/")
    page = client.get("/forum/").content.decode()
    assert ("badge-ember" in page, "Mark all as read" in page) == (False, False)
    assert "you have read it all" in client.get("/forum/read/").content.decode()


def test_pinned_topics_stand_on_top_once(client, db, now):
    place = CategoryFactory()
    old = TopicFactory(category=place, title="Read this first", is_pinned=True, last_posted_at=now - timedelta(days=9))
    TopicFactory(category=place, title="Of today", last_posted_at=now)
    page = client.get(f"/forum/c/{place.slug}/").content.decode()
    assert page.index("Read this first") < page.index("Of today")
    assert page.count(old.title) == 1


def test_older_topics_are_a_page_further_on_without_gap_or_overlap(client, db, now):
    place = CategoryFactory()
    for n in range(32):
        TopicFactory(category=place, title=f"Number {n:02}", last_posted_at=now - timedelta(minutes=n // 3))
    first = client.get(f"/forum/c/{place.slug}/")
    older = first.context["page"].older
    second = client.get(f"/forum/c/{place.slug}/?before={older}")
    shown = [line.topic.title for page in (first, second) for line in page.context["page"].lines]
    assert sorted(shown) == [f"Number {n:02}" for n in range(32)]
    assert "The newest" in second.content.decode()
    # Without a script the next page is a link; the button waits for a script to bring it in place.
    assert f'rel="next" href="?before={older}"' in first.content.decode()
    assert [page.content.decode().count("data-further hidden") for page in (first, second)] == [1, 0]


@pytest.mark.parametrize("cursor", ["x", "9" * 30, "-", "1-1-1", "%00", "1-999999999999999999999"])
def test_a_cursor_made_up_by_hand_is_harmless(client, db, cursor):
    assert client.get(f"/forum/?before={cursor}").status_code == 200


def test_empty_places_offer_the_first_step(client, signed_in, joined, group):
    talk = TalkFactory(group=group)
    page = client.get(f"/groups/{group.slug}/forum/").content.decode()
    assert "Start the first topic" in page
    assert f"/forum/new/?category={talk.slug}" in signed_in(joined).get(f"/groups/{group.slug}/forum/").content.decode()


def test_a_stranger_is_told_to_join(signed_in, member, group):
    TalkFactory(group=group)
    assert (
        f"Join {group.name} to write in its forum."
        in signed_in(member).get(f"/groups/{group.slug}/forum/").content.decode()
    )


@pytest.mark.parametrize("count", [1, 3])
def test_what_lists_cost(client, signed_in, joined, group, count, settings, django_assert_num_queries):
    talk = TalkFactory(group=group)
    for _ in range(count):
        TopicFactory(category=talk)
    # signed in: the member and the bell, then the page
    member = signed_in(joined)
    for address, anonymous, inside in (
        ("/forum/", 4, 8),
        (f"/forum/c/{talk.slug}/", 3, 10),
        (f"/groups/{group.slug}/forum/", 3, 10),
    ):
        with django_assert_num_queries(anonymous):
            client.get(address)
        member.get(address)
        with django_assert_num_queries(inside):
            member.get(address)
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    member.get("/forum/")
    with django_assert_num_queries(1):
        member.get("/forum/")


def test_the_front_is_kept_until_somebody_writes_or_its_reader_reads_on(
    signed_in, joined, member, group, at, settings, django_capture_on_commit_callbacks
):
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    topic, mine = TopicFactory(category=TalkFactory(group=group), posts=2), signed_in(joined)

    def front(deed=None) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            if deed:
                deed()
        return mine.get("/forum/").content.decode()

    with time_machine.travel(topic.created_at, tick=False):
        assert 'badge-ember">New</span>' in front()
        assert "New</span>" not in front(lambda: reading.read_up_to(member=joined, topic=topic, number=2, at=at))
        told = {"author": member, "topic": topic, "body": "And so.", "client_key": "k", "at": topic.created_at}
        memberships.join(member=member, group=group, at=at)
        assert "1 new</span>" in front(lambda: posts.reply(**told))
        assert "Muted</span>" in front(lambda: following.topic(member=joined, topic=topic, level="muted", at=at))
        assert topic.title not in front(lambda: topics.hide(topic_id=topic.pk, at=at))
