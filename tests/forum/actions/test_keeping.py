"""Archive, pace, pins, and the topic that goes on in another: each says so, each may run twice."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from community.models import LogEntry
from community.verdicts import NotAllowed
from forum.actions import continuing, keeping, posts, solving, tags, topics
from forum.actions.recount import recount
from forum.models import Act, Post, Reading, Topic
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory


@pytest.fixture
def topic(group):
    return TopicFactory(category=TalkFactory(group=group), posts=2)


def acts(topic) -> list[tuple[str, int, str]]:
    return list(Act.objects.filter(topic=topic).order_by("pk").values_list("kind", "after_number", "words"))


def test_each_act_says_so_once_and_stands_in_the_log_where_others_wrote(topic, organiser, at):
    for act in (topics.close, topics.reopen, keeping.archive, keeping.unarchive):
        for _ in range(2):
            act(actor=organiser, topic=topic, at=at)
    for is_pinned in (True, True, False):
        topics.pin(actor=organiser, topic=topic, is_pinned=is_pinned, at=at)
    keeping.slow_down(actor=organiser, topic=topic, seconds=900, at=at)
    keeping.slow_down(actor=organiser, topic=topic, seconds=0, at=at)
    kinds = ["closed", "reopened", "archived", "unarchived", "pinned", "unpinned", "slowed", "slowed"]
    assert [kind for kind, _, _ in acts(topic)] == kinds
    assert acts(topic)[-2:] == [("slowed", 2, "one post every 15 minutes"), ("slowed", 2, "at any pace")]
    assert LogEntry.objects.count() == 6
    assert LogEntry.objects.order_by("pk")[0].text == f"Closed topic {topic.pk}"


def test_what_one_does_with_what_only_oneself_wrote_is_not_logged(organiser, group, at):
    topic = TopicFactory(category=TalkFactory(group=group), author=organiser)
    topics.close(actor=organiser, topic=topic, at=at)
    assert (len(acts(topic)), LogEntry.objects.count()) == (1, 0)


def test_only_those_who_govern(topic, at):
    writer = MembershipFactory(group=topic.category.group).member
    for who in (topic.author, writer):
        for act in (keeping.archive, keeping.unarchive, partial(keeping.slow_down, seconds=60)):
            with pytest.raises(NotAllowed):
                act(actor=who, topic=topic, at=at)
    assert acts(topic) == []


def test_only_those_who_moderate_the_site_pin_for_all(topic, organiser, at):
    with pytest.raises(NotAllowed):
        keeping.pin_everywhere(actor=organiser, topic=topic, is_pinned=True, at=at)
    keeping.pin_everywhere(actor=MemberFactory(is_moderator=True), topic=topic, is_pinned=True, at=at)
    assert list(Topic.objects.filter(is_pinned_everywhere=True)) == [topic]


def test_nothing_is_added_to_the_archive(topic, organiser, joined, at):
    Topic.objects.filter(pk=topic.pk).update(author=joined)
    Post.objects.filter(topic=topic).update(author=joined)
    keeping.archive(actor=organiser, topic=topic, at=at)
    topic.refresh_from_db()
    for act in (
        lambda: posts.reply(author=joined, topic=topic, body="x", client_key="1", at=at),
        lambda: solving.mark(actor=joined, post=topic.posts.get(number=2), at=at),
        lambda: tags.retag(actor=joined, topic=topic, names=["vat"], at=at),
        lambda: posts.edit(author=joined, post=topic.posts.get(number=1), body="x", at=at),
    ):
        with pytest.raises(NotAllowed, match="archive"):
            act()


def test_a_slow_topic_says_when_the_next_post_can_follow(topic, organiser, joined, at):
    keeping.slow_down(actor=organiser, topic=topic, seconds=900, at=at)
    topic.refresh_from_db()
    write = partial(posts.reply, author=joined, topic=topic, body="x")
    write(client_key="1", at=at)
    with pytest.raises(NotAllowed, match="one post every 15 minutes") as caught:
        write(client_key="2", at=at + timedelta(minutes=5))
    assert caught.value.retry_after == 600
    assert write(client_key="1", at=at + timedelta(minutes=5)).number == 3
    for n in range(2):
        posts.reply(author=organiser, topic=topic, body="x", client_key=f"o{n}", at=at)
    assert write(client_key="3", at=at + timedelta(minutes=15)).number == 6


def test_a_full_topic_goes_on_in_another(group, joined, at, monkeypatch):
    monkeypatch.setattr(continuing, "LONGEST", 4)
    topic = TopicFactory(category=TalkFactory(group=group), title="Small talk", posts=2)
    watcher = MemberFactory()
    Reading.objects.create(member=watcher, topic=topic, level="watching", last_number=2, read_at=at)
    last = [posts.reply(author=joined, topic=topic, body="x", client_key=f"{n}", at=at) for n in range(2)][-1]
    topic.refresh_from_db()
    part = topic.goes_on
    assert (topic.closed_at, part.title, part.category, part.author) == (
        at,
        "Small talk (part 2)",
        topic.category,
        topic.author,
    )
    assert last.get_absolute_url() in part.posts.get().body_html
    assert acts(topic) == [("full", 4, "")]
    assert Reading.objects.get(member=watcher, topic=part).level == "watching"
    assert recount(repair=False) == []
    with pytest.raises(posts.Closed):
        posts.reply(author=joined, topic=topic, body="x", client_key="late", at=at)
    for n in range(3):
        posts.reply(author=joined, topic=part, body="x", client_key=f"p{n}", at=at)
    assert Topic.objects.get(continues=part).title == "Small talk (part 3)"


def test_a_full_topic_stays_closed_and_its_continuation_takes_pace_and_tags_along(
    group, organiser, joined, at, monkeypatch
):
    monkeypatch.setattr(continuing, "LONGEST", 3)
    topic = TopicFactory(category=TalkFactory(group=group), posts=2, slow_seconds=60)
    with transaction.atomic():
        tags.put_on(topic, tags.choose(organiser, ["backup", "restore"]))
    posts.reply(author=organiser, topic=topic, body="x", client_key="1", at=at)
    part = Topic.objects.get(continues=topic)
    assert (part.slow_seconds, part.tag_line) == (60, topic.tag_line)
    assert list(part.taggings.order_by("position").values_list("tag__name", flat=True)) == ["backup", "restore"]
    with pytest.raises(NotAllowed, match=r"full, and goes on in “.*\(part 2\)”"):
        topics.reopen(actor=organiser, topic=topic, at=at)


def test_one_that_was_full_and_opened_once_more_is_closed_again_by_the_next_reply(organiser, at, monkeypatch):
    monkeypatch.setattr(continuing, "LONGEST", 3)
    topic = TopicFactory(category=CategoryFactory(), posts=3, closed_at=None)
    TopicFactory(continues=topic)
    post = posts.reply(author=MemberFactory(trust=2), topic=topic, body="x", client_key="1", at=at)
    topic.refresh_from_db()
    assert (post.number, topic.closed_at, Topic.objects.filter(continues=topic).count()) == (4, at, 1)


def test_a_topic_of_someone_who_left_goes_on_under_the_last_who_wrote(joined, at, monkeypatch):
    monkeypatch.setattr(continuing, "LONGEST", 2)
    topic = TopicFactory(category=CategoryFactory(), author=MemberFactory(departed_at=at))
    posts.reply(author=joined, topic=topic, body="x", client_key="1", at=at)
    assert Topic.objects.get(continues=topic).author == joined
