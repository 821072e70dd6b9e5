"""Who is writing a reply: told to members who read the topic, seldom, and never of those who could not reply."""

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.core.cache import cache
from django.utils import timezone

from community.actions import sanctions
from community.models import Block
from forum import streams
from forum.models import Topic
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import MembersOnlyFactory, TalkFactory, TopicFactory
from tests.sockets import Tab

LIVE = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def unhurried():
    cache.clear()


@pytest.mark.parametrize("place", [TalkFactory, MembersOnlyFactory])
def test_only_members_who_may_read_the_topic_hear_it(group, joined, member, place):
    topic = TopicFactory(category=place(group=group))
    assert streams.may_see_writers(joined, topic.pk)
    assert streams.may_see_writers(member, topic.pk) == (place is TalkFactory)
    assert not streams.may_see_writers(None, topic.pk)


@pytest.mark.parametrize(
    ("place", "facts", "may", "queries"),
    [
        (TalkFactory, {}, {"joined", "organiser", "member"}, 1),
        (MembersOnlyFactory, {}, {"joined", "organiser"}, 4),
        (TalkFactory, {"hidden_at": timezone.now()}, {"organiser"}, 4),
        (TalkFactory, {"deleted_at": timezone.now()}, set(), 4),
    ],
)
def test_a_crowd_is_asked_about_once_where_anyone_may_read(
    group, joined, organiser, member, place, facts, may, queries, django_assert_num_queries
):
    topic = TopicFactory(category=place(group=group), **facts)
    people = {"joined": joined, "organiser": organiser, "member": member}
    with django_assert_num_queries(queries):
        found = streams.who_may_join(people.values(), topic.pk)
    assert found == {people[name].pk for name in may}
    assert found == {each.pk for each in people.values() if streams.may_join(each, topic.pk)}
    assert found == {each.pk for each in people.values() if streams.may_see_writers(each, topic.pk)}


@pytest.mark.parametrize("place", [None, TalkFactory, MembersOnlyFactory])
def test_whoever_may_hear_of_a_place_is_found_in_a_crowd(group, joined, member, place):
    number = place(group=group).pk if place else 0
    found = streams.who_may_hear_of([joined, member], number)
    assert found == {joined.pk, member.pk} - ({member.pk} if place is MembersOnlyFactory else set())
    assert found == {each.pk for each in (joined, member) if streams.may_hear_of(each, number)}


def test_it_is_passed_on_once_in_a_while(group, joined, said, django_capture_on_commit_callbacks):
    topic = TopicFactory(category=TalkFactory(group=group))
    other = MembershipFactory(group=group).member
    with django_capture_on_commit_callbacks(execute=True):
        for who in (joined, joined, other):
            assert streams.writes(who, topic.pk, {}) == {}
    frame = {"type": "member.writes", "stream": f"composing:{topic.pk}", "seq": None}
    assert said == [(f"composing:{topic.pk}", {**frame, "member": joined.pk, "name": joined.shown_name})]


@pytest.mark.parametrize("why", ["outside", "silenced", "closed", "hidden", "gone"])
def test_whose_reply_would_not_be_taken_gives_no_sign(
    group, joined, member, at, why, said, django_capture_on_commit_callbacks
):
    topic = TopicFactory(category=TalkFactory(group=group))
    who, number = (member if why == "outside" else joined), topic.pk if why != "gone" else topic.pk + 1
    if why == "silenced":
        organiser = OrganiserFactory(group=group).member
        sanctions.impose(actor=organiser, member=joined, group=group, kind="silence", reason="Loud", at=timezone.now())
    elif why in {"closed", "hidden"}:
        Topic.objects.filter(pk=topic.pk).update(**{f"{why}_at": at})
    with django_capture_on_commit_callbacks(execute=True):
        streams.writes(who, number, {})
    assert [each for each in said if each[0].startswith("composing")] == []


def test_a_hint_is_asked_about_only_as_often_as_it_may_go_out(group, joined, django_assert_num_queries):
    topic = TopicFactory(category=TalkFactory(group=group))
    # the topic, the right to write here, the role
    with django_assert_num_queries(3):
        streams.writes(joined, topic.pk, {})
    with django_assert_num_queries(0):
        streams.writes(joined, topic.pk, {})


def test_a_page_learns_whom_its_reader_blocks_and_nothing_else(joined, member, at):
    Block.objects.create(member=joined, blocked=member, created_at=at)
    assert streams.blocked(joined, 1, {}) == {"blocked": [member.pk]}
    assert streams.blocked(member, 1, {}) == {"blocked": []}


class TestOnTheSocket:
    """As pages meet it."""

    pytestmark = LIVE

    async def test_the_other_reader_hears_and_a_visitor_does_not(self):
        topic, ada, bob = await database_sync_to_async(lambda: (TopicFactory(), MemberFactory(), MemberFactory()))()
        name = f"composing:{topic.pk}"
        async with Tab(ada) as one, Tab(bob) as two, Tab() as street:
            assert (await street.ask("join", stream=name))["code"] == "no-such-stream"
            for tab in (one, two):
                await tab.ask("join", stream=name)
            await one.ask("writes", stream=name)
            heard = await two.next()
            assert (heard["type"], heard["member"]) == ("member.writes", ada.pk)
            assert await street.quiet()
        assert await sync_to_async(lambda: Topic.objects.get().last_number)() == 1
