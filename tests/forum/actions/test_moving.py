"""Topics move, split and join: numbers, counters, old addresses, readings, answers and notices stay right."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from community.models import LogEntry
from community.verdicts import NotAllowed
from forum import queries
from forum.actions import following, moving, posts, topics
from forum.actions.recount import recount
from forum.models import Act, Category, Draft, Pointer, Post, Reading, Topic
from forum.queries import moved_post, unread_of
from forum.queries.unread import waiting_in
from notifications.actions import notify
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory, OrganiserFactory
from tests.factories.forum import CategoryFactory, TalkFactory, TopicFactory


@pytest.fixture
def moderator(db):
    return MemberFactory(is_moderator=True)


@pytest.fixture
def place(db):
    return CategoryFactory()


def talk(place, at, count=4, title="Talk") -> Topic:
    """A topic with `count` posts, each answering the one before, made by the verbs."""
    author = MemberFactory(trust=2)
    topic = topics.open(author=author, category=place, title=title, body="1", client_key=f"{title}-1", at=at)
    for n in range(2, count + 1):
        before = topic.posts.get(number=n - 1)
        posts.reply(author=author, topic=topic, body=f"{title} {n}", client_key=f"{title}-{n}", at=at, answers=before)
    return Topic.objects.get(pk=topic.pk)


def bodies(topic) -> list[tuple[int, str]]:
    return list(Post.objects.filter(topic=topic).order_by("number").values_list("number", "body"))


def answers(topic) -> dict[int, int]:
    rows = Post.objects.filter(topic=topic, answers__isnull=False)
    return dict(rows.values_list("number", "answers__number"))


def read(member, topic, number, at, level="normal"):
    Reading.objects.create(member=member, topic=topic, last_number=number, level=level, read_at=at)


def test_split_posts_stand_in_a_topic_of_their_own(place, moderator, at):
    topic = talk(place, at, 6)
    new = moving.split(actor=moderator, topic=topic, numbers=[3, 5, 4], title="Ünder way", place=place, at=at)
    assert (new.title, new.slug, new.author) == ("Ünder way", "ünder-way", topic.author)
    assert bodies(topic) == [(1, "1"), (2, "Talk 2"), (6, "Talk 6")]
    assert bodies(new) == [(1, "Talk 3"), (2, "Talk 4"), (3, "Talk 5")]
    assert (answers(topic), answers(new)) == ({2: 1}, {2: 1, 3: 2})
    assert recount(repair=False) == []
    assert [moved_post(None, topic.pk, n) for n in (3, 4, 5)] == list(new.posts.order_by("number"))
    assert moved_post(None, topic.pk, 2) is None
    again = moving.split(actor=moderator, topic=topic, numbers=[3, 4, 5], title="Twice", place=place, at=at)
    assert (again, Topic.objects.count()) == (new, 2)


def test_numbers_that_were_given_out_are_not_given_out_again(place, moderator, at):
    topic = talk(place, at, 4)
    moving.split(actor=moderator, topic=topic, numbers=[3, 4], title="Other", place=place, at=at)
    post = posts.reply(author=topic.author, topic=topic, body="on", client_key="on", at=at)
    assert post.number == 5
    assert recount(repair=False) == []


def test_a_split_carries_readings_and_notices(place, moderator, member, at):
    topic = talk(place, at, 5)
    half, whole, none = member, MemberFactory(), MemberFactory()
    read(half, topic, 3, at, level="watching")
    read(whole, topic, 5, at)
    read(none, topic, 1, at)
    fourth = topic.posts.get(number=4)
    notify.tell(
        [half.pk],
        notify.Message(
            "forum.replied", "x", fourth.get_absolute_url(), f"post:{fourth.pk}", subject=f"topic:{topic.pk}"
        ),
        at=at,
    )
    new = moving.split(actor=moderator, topic=topic, numbers=[3, 4, 5], title="Other", place=place, at=at)
    rows = Reading.objects.filter(topic=new).exclude(member=topic.author)
    assert sorted(rows.values_list("member", "last_number", "level")) == [
        (half.pk, 1, "watching"),
        (whole.pk, 3, "normal"),
        (none.pk, 0, "normal"),
    ]
    assert Notice.objects.get(recipient=half).subject == f"topic:{new.pk}"


def test_old_posts_one_had_not_read_yet_stay_unread_where_they_go(group, moderator, at):
    place = TalkFactory(group=group)
    topic = TopicFactory(category=place, posts=5, created_at=at - timedelta(days=60))
    watcher, neighbour = MemberFactory(), MembershipFactory(group=group).member
    read(watcher, topic, 2, at, level="watching")
    read(neighbour, topic, 1, at)
    for who, waits in ((watcher, 1), (neighbour, 1)):
        assert waiting_in(who, at=at) == {place.pk: (0, waits)}
    new = moving.split(actor=moderator, topic=topic, numbers=[3, 4, 5], title="Other", place=place, at=at)
    assert waiting_in(watcher, at=at) == {place.pk: (0, 1)}
    assert waiting_in(neighbour, at=at) == {place.pk: (0, 2)}
    (line,) = unread_of(watcher, at=at)
    assert (line.topic, line.unread, line.url) == (new, 3, new.posts.get(number=1).get_absolute_url())


@pytest.mark.parametrize(
    ("numbers", "why"),
    [([], "Choose the posts"), ([9], "Choose the posts"), ([1, 2], "first post holds"), ([2], "can be seen")],
)
def test_what_cannot_be_split_off(place, moderator, at, numbers, why):
    topic = talk(place, at, 3)
    posts.hide(post_id=topic.posts.get(number=2).pk, at=at)
    with pytest.raises(NotAllowed, match=why):
        moving.split(actor=moderator, topic=topic, numbers=numbers, title="Other", place=place, at=at)
    assert (Topic.objects.count(), Pointer.objects.count()) == (1, 0)


def test_joined_posts_follow_and_the_old_topic_leads_on(place, moderator, at):
    into, topic = talk(place, at, 3, "One"), talk(CategoryFactory(), at, 2, "Two")
    posts.remove(author=into.author, post=into.posts.get(number=3), at=at)
    for _ in range(2):
        assert moving.merge(actor=moderator, topic=topic, into=into, at=at) == into
    assert bodies(into) == [(1, "1"), (2, "One 2"), (3, "One 3"), (4, "1"), (5, "Two 2")]
    assert answers(into) == {2: 1, 3: 2, 5: 4}
    topic.refresh_from_db()
    assert (topic.deleted_at, topic.merged_into) == (at, into)
    assert recount(repair=False) == []
    assert moved_post(None, topic.pk, 2) == into.posts.get(number=5)
    assert list(Act.objects.filter(topic=into).values_list("kind", "after_number", "words")) == [("joined", 3, "Two")]


def test_joining_carries_readings_levels_tags_and_subjects(place, moderator, at):
    into, topic = talk(place, at, 3, "One"), talk(place, at, 2, "Two")
    both, here, there, part = (MemberFactory() for _ in range(4))
    read(both, into, 3, at)
    read(both, topic, 1, at, level="watching")
    read(here, into, 3, at)
    read(there, topic, 2, at, level="muted")
    read(part, into, 2, at, level="tracking")
    read(part, topic, 2, at, level="watching")
    notify.tell([there.pk], notify.Message("forum.replied", "x", "/x", "k", subject=f"topic:{topic.pk}"), at=at)
    moving.merge(actor=moderator, topic=topic, into=into, at=at)
    people = {both: (4, "watching"), here: (3, "normal"), there: (0, "muted"), part: (2, "tracking")}
    rows = Reading.objects.filter(topic=into, member__in=people)
    assert {row.member: (row.last_number, row.level) for row in rows.select_related("member")} == people
    assert Reading.objects.filter(topic=topic).count() == 0
    assert Notice.objects.get(recipient=there).subject == f"topic:{into.pk}"


def test_joining_topics_whose_last_posts_went_elsewhere_makes_nothing_read_or_unread(place, moderator, member, at):
    into, topic = talk(place, at, 4, "One"), talk(place, at, 4, "Two")
    early = MemberFactory()
    read(early, into, 2, at, level="watching")
    read(early, topic, 2, at)
    for each in (into, topic):
        moving.split(actor=moderator, topic=each, numbers=[3, 4], title="Other", place=place, at=at)
    read(member, into, 4, at, level="watching")
    read(member, topic, 4, at)
    moving.merge(actor=moderator, topic=topic, into=into, at=at)
    assert queries.waiting_in(member, at=at)[place.pk][1] == 0
    posts.reply(author=into.author, topic=into, body="on", client_key="on", at=at)
    unread = {who: queries.lines(who, at=at, view=queries.View.UNREAD).lines for who in (member, early)}
    assert [(line.topic, line.unread) for line in unread[member]] == [(into, 1)]
    assert (into, 1) in [(line.topic, line.unread) for line in unread[early]]


def test_a_topic_one_chose_to_follow_as_usual_is_followed_so_when_another_joins_it(place, moderator, member, at):
    into, topic = talk(place, at, 2, "One"), talk(place, at, 2, "Two")
    following.topic(member=member, topic=into, level=Reading.Level.NORMAL, at=at)
    read(member, topic, 1, at, level="watching")
    moving.merge(actor=moderator, topic=topic, into=into, at=at)
    assert Reading.objects.get(member=member).level == "normal"


def test_replies_begun_in_a_joined_topic_go_on_in_the_other(place, moderator, at):
    topic, into = (TopicFactory(category=place, posts=3) for _ in range(2))
    one, two = MemberFactory(), MemberFactory()

    def begin(member, where, **typed):
        Draft.objects.create(member=member, topic=where, typed=typed, sequence=1, saved_at=at)

    begin(one, topic, body="Half a sen", answers="2")
    begin(two, topic, body="Older words", answers="")
    begin(two, into, body="Newer words")
    moving.merge(actor=moderator, topic=topic, into=into, at=at)
    kept = {(row.member_id, row.topic_id, row.typed["body"], row.typed.get("answers")) for row in Draft.objects.all()}
    assert kept == {
        (one.pk, into.pk, "Half a sen", "5"),
        (two.pk, topic.pk, "Older words", ""),
        (two.pk, into.pk, "Newer words", None),
    }


def test_the_answer_goes_with_its_post_where_there_is_none_yet(place, moderator, at):
    into, topic = talk(place, at, 2, "One"), talk(place, at, 2, "Two")
    answer = topic.posts.get(number=2)
    Topic.objects.filter(pk=topic.pk).update(solved_by=answer)
    moving.merge(actor=moderator, topic=topic, into=into, at=at)
    assert list(Topic.objects.order_by("pk").values_list("pk", "solved_by")) == [(into.pk, answer.pk), (topic.pk, None)]
    split = moving.split(actor=moderator, topic=into, numbers=[3, 4], title="Back", place=place, at=at)
    assert list(Topic.objects.solved()) == [split]
    alone = moving.split(actor=moderator, topic=split, numbers=[2], title="Alone", place=place, at=at)
    assert (list(Topic.objects.solved()), moved_post(None, topic.pk, 2).topic) == ([], alone)


def test_a_topic_moves_to_another_place_with_its_counts(place, moderator, at):
    topic, other = talk(place, at, 3), CategoryFactory()
    for _ in range(2):
        moving.move(actor=moderator, topic=topic, place=other, at=at)
    assert list(Category.objects.order_by("pk").values_list("topic_count", "post_count")) == [(0, 0), (1, 3)]
    assert recount(repair=False) == []
    assert list(Act.objects.values_list("kind", "words")) == [("moved", place.name)]


def test_moving_to_fewer_is_at_once_and_to_more_only_if_meant(organiser, group, at):
    inner, outer = TalkFactory(group=group, visible_to_whom="organisers"), TalkFactory(group=group, name="All")
    topic = TopicFactory(category=outer, posts=2)
    outside = MembershipFactory(group=group).member
    notify.tell([outside.pk], notify.Message("forum.replied", "x", "/x", "k", subject=f"topic:{topic.pk}"), at=at)
    moving.move(actor=organiser, topic=topic, place=inner, at=at)
    assert (list(Topic.objects.visible_to(outside)), Notice.objects.count()) == ([], 0)
    topic.refresh_from_db()
    for act in (
        lambda: moving.move(actor=organiser, topic=topic, place=outer, at=at),
        lambda: moving.split(actor=organiser, topic=topic, numbers=[2], title="Out", place=outer, at=at),
        lambda: moving.merge(actor=organiser, topic=topic, into=TopicFactory(category=outer), at=at),
    ):
        with pytest.raises(NotAllowed, match="Tick the box"):
            act()
    moving.move(actor=organiser, topic=topic, place=outer, at=at, is_meant=True)
    assert topic in Topic.objects.visible_to(outside)
    assert [entry.text for entry in LogEntry.objects.order_by("pk")] == [f"Moved topic {topic.pk} to another place"] * 2


@pytest.mark.parametrize("who", ["author", "elsewhere"])
def test_only_those_who_govern_both_places_move_things(who, group, at):
    here = TalkFactory(group=group)
    topic, into = TopicFactory(category=here, posts=2), TopicFactory(category=here)
    actor = {"author": topic.author, "elsewhere": OrganiserFactory().member}[who]
    beyond = OrganiserFactory(group=group).member
    for act in (
        lambda: moving.move(actor=actor, topic=topic, place=TalkFactory(group=group), at=at),
        lambda: moving.split(actor=actor, topic=topic, numbers=[2], title="Out", place=here, at=at),
        lambda: moving.merge(actor=actor, topic=topic, into=into, at=at),
        lambda: moving.move(actor=beyond, topic=topic, place=TalkFactory(), at=at),
        lambda: moving.merge(actor=beyond, topic=topic, into=TopicFactory(), at=at),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (Pointer.objects.count(), Act.objects.count()) == (0, 0)


def test_nothing_is_joined_to_itself_to_what_is_gone_or_beyond_the_limit(place, moderator, at, monkeypatch):
    topic, gone = talk(place, at, 2), TopicFactory(category=place, deleted_at=at)
    with pytest.raises(NotAllowed, match="itself"):
        moving.merge(actor=moderator, topic=topic, into=topic, at=at)
    with pytest.raises(NotAllowed, match="no longer here"):
        moving.merge(actor=moderator, topic=topic, into=gone, at=at)
    monkeypatch.setattr("forum.actions.continuing.LONGEST", 3)
    with pytest.raises(NotAllowed, match="more than 3 posts"):
        moving.merge(actor=moderator, topic=topic, into=talk(place, at, 2, "Other"), at=at)


@pytest.mark.django_db(transaction=True)
def test_two_join_the_same_topics_the_other_way_round(at):
    moderators = [MemberFactory(is_moderator=True) for _ in range(2)]
    pair = [talk(CategoryFactory(), at, 3, "One"), talk(CategoryFactory(), at, 2, "Two")]
    start = Barrier(2)

    def join(n: int) -> str:
        try:
            start.wait(timeout=20)
            moving.merge(actor=moderators[n], topic=pair[n], into=pair[1 - n], at=at)
        except NotAllowed as error:
            return error.reason
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(join, range(2)))
    assert said == ["", "That topic is no longer here."]
    (left,) = Topic.objects.filter(deleted_at=None)
    assert [number for number, _ in bodies(left)] == [1, 2, 3, 4, 5]
    assert recount(repair=False) == []
