"""The number in the header: true after whatever happened, told where it grows, and of no place one may not read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.actions import memberships
from forum import queries, streams
from forum.actions import following, moving, places, posts, reading, topics, whispers
from forum.models import Category, Reading, Topic
from live import changes
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, MembersOnlyFactory, TalkFactory


def now():
    return timezone.now()


@pytest.fixture
def talk(group):
    return MembersOnlyFactory(group=group)


@pytest.fixture
def author(group):
    return MembershipFactory(group=group, member__trust=3).member


def begin(author, place, key="a"):
    return topics.open(author=author, category=place, title=f"Topic {key}", body="x", client_key=key, at=now())


def test_it_is_right_after_every_act_though_it_is_kept(
    group, joined, author, organiser, talk, settings, django_capture_on_commit_callbacks, django_assert_num_queries
):
    settings.KEEP_PAGES, settings.REDIS_URL = True, ""
    changes.here.note_all()
    Level, topic, level = Reading.Level, lambda: Topic.objects.earliest("pk"), following.topic  # noqa: N806
    site = CategoryFactory()
    TalkFactory(group=group)
    acts = (
        (lambda: begin(author, talk), 1),
        (lambda: begin(author, site, "b"), 2),
        (lambda: reading.read_up_to(member=joined, topic=topic(), number=1, at=now()), 1),
        (lambda: posts.reply(author=author, topic=topic(), body="y", client_key="c", at=now()), 2),
        (lambda: level(member=joined, topic=topic(), level=Level.MUTED, at=now()), 1),
        (lambda: level(member=joined, topic=topic(), level=Level.TRACKING, at=now()), 2),
        (lambda: posts.hide(post_id=topic().posts.get(number=2).pk, at=now()), 1),
        (lambda: posts.restore(post_id=topic().posts.get(number=2).pk, at=now()), 2),
        (lambda: posts.remove(author=author, post=topic().posts.get(number=2), at=now()), 1),
        (lambda: posts.reply(author=author, topic=topic(), body="z", client_key="d", at=now()), 2),
        (lambda: topics.close(actor=organiser, topic=topic(), at=now()), 2),
        (lambda: topics.reopen(actor=organiser, topic=topic(), at=now()), 2),
        (lambda: topics.hide(topic_id=topic().pk, at=now()), 1),
        (lambda: topics.restore(topic_id=topic().pk, at=now()), 2),
        (lambda: following.category(member=joined, category=site, level=Level.MUTED), 1),
        (lambda: following.category(member=joined, category=site, level=None), 2),
        (lambda: reading.mark_read(member=joined, at=now(), category=talk), 1),
        (lambda: posts.reply(author=author, topic=topic(), body="u", client_key="e", at=now()), 2),
        (lambda: memberships.leave(member=joined, group=group, at=now()), 1),
    )
    for number, (act, expected) in enumerate(acts):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        told = streams.count(joined, 0, {})
        counted = queries.waiting_in(joined, at=now() + timedelta(seconds=1)).values()
        assert told["new"] + told["unread"] == sum(map(sum, counted)) == expected, f"act {number}"
        with django_assert_num_queries(0):
            streams.count(joined, 0, {})


# who hears which streams: of what everybody may read, of a place of members, of a place of organisers
@pytest.mark.parametrize(
    ("who", "hears"),
    [
        (lambda group: None, [False, False, False]),
        (lambda group: MemberFactory(), [True, False, False]),
        (lambda group: MembershipFactory(group=group).member, [True, True, False]),
        (lambda group: OrganiserFactory(group=group).member, [True, True, True]),
        (lambda group: OrganiserFactory().member, [True, False, False]),
        (lambda group: MemberFactory(is_moderator=True), [True, True, True]),
    ],
)
def test_what_is_said_is_told_where_it_may_be_read(
    who, hears, group, organiser, talk, said, django_capture_on_commit_callbacks
):
    desk = TalkFactory(group=group, visible_to_whom=Category.Audience.ORGANISERS)
    told = []
    for key, place in (("a", CategoryFactory()), ("b", talk), ("c", desk)):
        said.clear()
        with django_capture_on_commit_callbacks(execute=True):
            topic = begin(organiser, place, key)
        grew = [(stream, frame["topic"]) for stream, frame in said if frame["type"] == "talk.grew"]
        assert grew == [(f"talk:{0 if place.group is None else place.pk}", topic.pk)]
        told.append(int(grew[0][0].removeprefix("talk:")))
    reader = who(group)
    assert [streams.may_hear_of(reader, number) for number in told] == hears
    if reader is not None and not reader.is_moderator:
        joins = [0, *streams.count(reader, 0, {})["places"]]
        assert [number in joins for number in told] == hears


def test_what_is_no_reply_says_nothing(group, organiser, author, talk, said, django_capture_on_commit_callbacks):
    topic = begin(author, talk)
    elsewhere = TalkFactory(group=group)
    with django_capture_on_commit_callbacks(execute=True):
        whispers.say(author=organiser, topic=topic, body="Psst", client_key="w", at=now())
        posts.hide(post_id=topic.posts.get().pk, at=now())
        moving.move(actor=organiser, topic=topic, place=elsewhere, at=now(), is_meant=True)
        places.retire(actor=organiser, place=talk, at=now())
    assert [frame for _, frame in said if frame["type"] == "talk.grew"] == []
