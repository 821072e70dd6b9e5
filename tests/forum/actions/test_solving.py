"""One answer a topic, marked by whoever asked or who governs, told to its author, gone when it is out of sight."""

import pytest
from django.db import IntegrityError, transaction

from community.models import Block, Sanction
from community.verdicts import NotAllowed
from forum.actions import posts, solving
from forum.models import Post, Topic
from notifications.models import Notice
from tests.factories.community import MemberFactory, MembershipFactory
from tests.factories.forum import MembersOnlyFactory, PostFactory, TalkFactory, TopicFactory


@pytest.fixture
def topic(group):
    return TopicFactory(category=TalkFactory(group=group), author=MembershipFactory(group=group).member)


@pytest.fixture
def answer(topic, joined):
    Topic.objects.filter(pk=topic.pk).update(last_number=2, post_count=2)
    return PostFactory(topic=topic, author=joined, number=2)


def answer_of(topic) -> Post | None:
    return Topic.objects.get(pk=topic.pk).solved_by


def told() -> list[tuple[int, str, str]]:
    return list(Notice.objects.values_list("recipient", "kind", "url"))


def test_whoever_asked_marks_the_answer_and_takes_it_back(topic, answer, at):
    solving.mark(actor=topic.author, post=answer, at=at)
    solving.mark(actor=topic.author, post=answer, at=at)
    assert answer_of(topic) == answer
    assert list(Topic.objects.solved()) == [topic]
    assert told() == [(answer.author_id, "forum.solved", answer.get_absolute_url())]
    solving.unmark(actor=topic.author, topic=topic, at=at)
    solving.unmark(actor=topic.author, topic=topic, at=at)
    assert answer_of(topic) is None
    assert list(Topic.objects.solved()) == []


def test_another_answer_takes_its_place_and_open_pages_get_a_hint(
    topic, answer, organiser, at, said, django_capture_on_commit_callbacks
):
    better = PostFactory(topic=topic, author=organiser, number=3)
    with django_capture_on_commit_callbacks(execute=True):
        solving.mark(actor=organiser, post=answer, at=at)
        solving.mark(actor=organiser, post=better, at=at)
    assert answer_of(topic) == better
    assert [who for who, _, _ in told()] == [answer.author_id]
    assert [frame["type"] for stream, frame in said if stream == f"topic:{topic.pk}"] == ["topic.solved"] * 2


@pytest.mark.parametrize("who", ["stranger", "answerer", "silenced"])
def test_nobody_else_marks_or_unmarks(who, topic, answer, at):
    actor = {"stranger": MemberFactory, "answerer": lambda: answer.author, "silenced": lambda: topic.author}[who]()
    if who == "silenced":
        Sanction.objects.create(member=actor, kind="silence", reason="x", starts_at=at)
    with pytest.raises(NotAllowed):
        solving.mark(actor=actor, post=answer, at=at)
    Topic.objects.filter(pk=topic.pk).update(solved_by=answer)
    with pytest.raises(NotAllowed):
        solving.unmark(actor=actor, topic=topic, at=at)
    assert answer_of(topic) == answer


def test_the_question_and_what_was_taken_down_answer_nothing(topic, answer, at):
    with pytest.raises(NotAllowed, match="first post is the question"):
        solving.mark(actor=topic.author, post=topic.posts.get(number=1), at=at)
    posts.hide(post_id=answer.pk, at=at)
    with pytest.raises(NotAllowed, match="no longer there"):
        solving.mark(actor=topic.author, post=answer, at=at)
    assert answer_of(topic) is None


@pytest.mark.parametrize("how", ["hidden", "removed"])
def test_an_answer_out_of_sight_no_longer_solves(how, topic, answer, at):
    solving.mark(actor=topic.author, post=answer, at=at)
    if how == "hidden":
        posts.hide(post_id=answer.pk, at=at)
    else:
        posts.remove(author=answer.author, post=answer, at=at)
    assert answer_of(topic) is None


def test_who_left_or_blocked_the_asker_is_not_told(group, joined, topic, answer, at):
    inner = TopicFactory(category=MembersOnlyFactory(group=group), posts=1)
    gone = PostFactory(topic=inner, number=2)
    solving.mark(actor=MemberFactory(is_moderator=True), post=gone, at=at)
    Block.objects.create(member=joined, blocked=topic.author, created_at=at)
    solving.mark(actor=topic.author, post=answer, at=at)
    assert told() == []


def test_the_database_refuses_an_answer_of_another_topic(topic, answer):
    elsewhere = TopicFactory(posts=2)
    with pytest.raises(IntegrityError, match="topic_answer_is_its_own"), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(solved_by=elsewhere.posts.get(number=2))
    with pytest.raises(IntegrityError, match="topic_answer_is_its_own"), transaction.atomic():
        TopicFactory(solved_by=answer)
    Topic.objects.filter(pk=topic.pk).update(solved_by=answer)
    with pytest.raises(IntegrityError, match="topic_answer_is_its_own"), transaction.atomic():
        Post.objects.filter(pk=answer.pk).update(topic=elsewhere, number=3)
